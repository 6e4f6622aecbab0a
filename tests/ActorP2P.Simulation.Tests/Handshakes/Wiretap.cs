using ActorP2P.Transport;

namespace ActorP2P.Simulation.Tests;

/// <summary>Somebody on the path: reads, and may change, what a node's connections send.</summary>
/// <param name="inner">The transport of the node.</param>
/// <param name="pass">Gets what is sent, and gives what is sent instead.</param>
internal sealed class Wiretap(ITransport inner, Func<byte[], byte[]> pass) : ITransport
{
    public IDisposable Listen(PeerAddress address, IAcceptSink sink) =>
        inner.Listen(address, new Accepting(this, sink));

    public IDisposable Dial(PeerAddress address, TimeSpan timeout, IDialSink sink) =>
        inner.Dial(address, timeout, new Dialling(this, sink));

    private Tapped Tap(IConnection connection) => new(connection, pass);

    private sealed class Accepting(Wiretap tap, IAcceptSink sink) : IAcceptSink
    {
        public void OnListening(IReadOnlyList<PeerAddress> addresses) => sink.OnListening(addresses);

        public void OnListenFailed(TransportError error) => sink.OnListenFailed(error);

        public void OnAccepted(IConnection connection) => sink.OnAccepted(tap.Tap(connection));

        public void OnAcceptFailed(TransportError error) => sink.OnAcceptFailed(error);
    }

    private sealed class Dialling(Wiretap tap, IDialSink sink) : IDialSink
    {
        public void OnDialled(IConnection connection) => sink.OnDialled(tap.Tap(connection));

        public void OnDialFailed(TransportError error) => sink.OnDialFailed(error);
    }

    private sealed class Tapped(IConnection inner, Func<byte[], byte[]> pass) : IConnection
    {
        public PeerAddress LocalAddress => inner.LocalAddress;

        public PeerAddress RemoteAddress => inner.RemoteAddress;

        public void Start(IConnectionSink sink) => inner.Start(sink);

        public OperationResult Receive(Memory<byte> buffer) => inner.Receive(buffer);

        public OperationResult Send(IList<ArraySegment<byte>> segments) =>
            inner.Send([pass([.. segments.SelectMany(segment => segment)])]);

        public void ShutdownSend() => inner.ShutdownSend();

        public void Abort() => inner.Abort();

        public void Post() => inner.Post();

        public void Dispose() => inner.Dispose();
    }
}
