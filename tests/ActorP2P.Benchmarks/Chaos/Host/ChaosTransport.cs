using System.Collections.Concurrent;
using ActorP2P.Protocol;
using ActorP2P.Transport;
using Microsoft.Win32.SafeHandles;

namespace ActorP2P.Benchmarks;

/// <summary>A transport into which a bug can be planted.</summary>
/// <param name="names">The addresses of the nodes' names.</param>
/// <param name="bug">The bug that is planted.</param>
internal sealed class ChaosTransport(ChaosNameTable names, PlantedBug bug) : ITransport
{
    private readonly ITransport _inner = BenchTransport.Create(new SocketTransportSettings { Resolver = names });

    private readonly ConcurrentBag<SafeFileHandle> _leaked = [];

    public IDisposable Listen(PeerAddress address, IAcceptSink sink)
    {
        IDisposable listener = _inner.Listen(address, new AcceptSink(this, sink));
        return bug == PlantedBug.HangingDispose ? new PlantedListener(listener) : listener;
    }

    public IDisposable Dial(PeerAddress address, TimeSpan timeout, IDialSink sink) =>
        _inner.Dial(address, timeout, new DialSink(this, sink));

    public IDisposable Dial(PeerAddress address, IReadOnlySet<PeerAddress> except, TimeSpan timeout, IDialSink sink) =>
        _inner.Dial(address, except, timeout, new DialSink(this, sink));

    private IConnection Plant(IConnection connection)
    {
        if (bug == PlantedBug.LeakedDescriptor)
        {
            _leaked.Add(File.OpenHandle("/dev/null"));
        }

        return bug == PlantedBug.LostResponse ? new PlantedConnection(connection) : connection;
    }

    private sealed class AcceptSink(ChaosTransport transport, IAcceptSink sink) : IAcceptSink
    {
        public void OnListening(IReadOnlyList<PeerAddress> addresses) => sink.OnListening(addresses);

        public void OnListenFailed(TransportError error) => sink.OnListenFailed(error);

        public void OnAccepted(IConnection connection) => sink.OnAccepted(transport.Plant(connection));

        public void OnAcceptFailed(TransportError error) => sink.OnAcceptFailed(error);
    }

    private sealed class DialSink(ChaosTransport transport, IDialSink sink) : IDialSink
    {
        public void OnDialled(IConnection connection) => sink.OnDialled(transport.Plant(connection));

        public void OnDialFailed(TransportError error) => sink.OnDialFailed(error);
    }
}
