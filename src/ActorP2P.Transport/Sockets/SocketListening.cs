using System.Net;
using ActorP2P.Protocol;

namespace ActorP2P.Transport;

/// <summary>Listens with sockets, on all addresses of a host.</summary>
internal sealed class SocketListening : NamedListening
{
    private readonly SocketTransport _transport;
    private readonly TimeProvider _time;
    private readonly SerialAcceptSink _sink;

    internal SocketListening(SocketTransport transport, PeerAddress address, TimeProvider time, IAcceptSink sink)
        : this(transport, address, time, new SerialAcceptSink(sink))
    {
    }

    private SocketListening(SocketTransport transport, PeerAddress address, TimeProvider time, SerialAcceptSink sink)
        : base(transport.Settings, address, time, sink)
    {
        _transport = transport;
        _time = time;
        _sink = sink;
    }

    protected override Task<IBoundAddress> BindAsync(IPEndPoint address) =>
        Task.FromResult<IBoundAddress>(new SocketListener(
        SocketBinding.Bind(address, _transport.Settings.Backlog), _transport, _transport.Settings.AcceptRetryDelay,
        _time, _sink));
}
