using System.Collections.Concurrent;
using ActorP2P.Protocol;
using ActorP2P.Transport;

namespace ActorP2P.Benchmarks;

/// <summary>
/// A transport whose connections can be reset at random without a goodbye, as when a process is killed.
/// </summary>
internal sealed class CuttingTransport : ITransport
{
    // The oldest connections are forgotten first. The number is larger than what the nodes of a soak can have open at a
    // time.
    private const int Remembered = 256;

    private readonly ITransport _inner = BenchTransport.Create(new SocketTransportSettings());
    private readonly ConcurrentQueue<WeakReference<IConnection>> _connections = new();

    public IDisposable Listen(PeerAddress address, IAcceptSink sink) =>
        _inner.Listen(address, new AcceptSink(this, sink));

    public IDisposable Dial(PeerAddress address, TimeSpan timeout, IDialSink sink) =>
        _inner.Dial(address, timeout, new DialSink(this, sink));

    /// <summary>Resets one of the newest connections.</summary>
    public void CutOne(Random random)
    {
        WeakReference<IConnection>[] connections = [.. _connections];
        if (connections.Length > 0
            && connections[random.Next(connections.Length)].TryGetTarget(out IConnection? connection))
        {
            connection.Abort();
        }
    }

    private void Remember(IConnection connection)
    {
        _connections.Enqueue(new WeakReference<IConnection>(connection));
        while (_connections.Count > Remembered)
        {
            _connections.TryDequeue(out _);
        }
    }

    private sealed class AcceptSink(CuttingTransport transport, IAcceptSink sink) : IAcceptSink
    {
        public void OnListening(IReadOnlyList<PeerAddress> addresses) => sink.OnListening(addresses);

        public void OnListenFailed(TransportError error) => sink.OnListenFailed(error);

        public void OnAccepted(IConnection connection)
        {
            transport.Remember(connection);
            sink.OnAccepted(connection);
        }

        public void OnAcceptFailed(TransportError error) => sink.OnAcceptFailed(error);
    }

    private sealed class DialSink(CuttingTransport transport, IDialSink sink) : IDialSink
    {
        public void OnDialled(IConnection connection)
        {
            transport.Remember(connection);
            sink.OnDialled(connection);
        }

        public void OnDialFailed(TransportError error) => sink.OnDialFailed(error);
    }
}
