using System.Net;
using ActorP2P.Protocol;
using ActorP2P.Transport;

namespace ActorP2P;

/// <summary>Listens through Akka.IO, on all addresses of a host.</summary>
internal sealed class AkkaIoListening : NamedListening
{
    private readonly AkkaIoTransport _transport;
    private readonly SerialAcceptSink _sink;

    public AkkaIoListening(AkkaIoTransport transport, PeerAddress address, IAcceptSink sink)
        : this(transport, address, new SerialAcceptSink(sink))
    {
    }

    private AkkaIoListening(AkkaIoTransport transport, PeerAddress address, SerialAcceptSink sink)
        : base(transport.Sockets, address, transport.Time, sink)
    {
        _transport = transport;
        _sink = sink;
    }

    protected override async Task<IBoundAddress> BindAsync(IPEndPoint address)
    {
        AkkaIoPort port = await _transport.BindAsync(address, _sink);
        return new AkkaIoPortLease(port, await port.Bound);
    }
}
