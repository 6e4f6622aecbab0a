using ActorP2P.Protocol;
using ActorP2P.Transport;

namespace ActorP2P.Tests.Hostile;

/// <summary>A transport whose dialled connections always prove one id, whatever node answers.</summary>
internal sealed class ProvingTransport(ITransport inner, NodeId proven) : ITransport
{
    public IDisposable Listen(PeerAddress address, IAcceptSink sink) => inner.Listen(address, sink);

    public IDisposable Dial(PeerAddress address, TimeSpan timeout, IDialSink sink) =>
        inner.Dial(address, timeout, new Sink(sink, proven));

    private sealed class Sink(IDialSink sink, NodeId proven) : IDialSink
    {
        public void OnDialled(IConnection connection) => sink.OnDialled(new Connection(connection, proven));

        public void OnDialFailed(TransportError error) => sink.OnDialFailed(error);
    }

    private sealed class Connection(IConnection inner, NodeId proven) : IConnection
    {
        public NodeId? RemoteId => proven;

        public PeerAddress LocalAddress => inner.LocalAddress;

        public PeerAddress RemoteAddress => inner.RemoteAddress;

        public void Start(IConnectionSink sink) => inner.Start(sink);

        public OperationResult Receive(Memory<byte> buffer) => inner.Receive(buffer);

        public OperationResult Send(IList<ArraySegment<byte>> segments) => inner.Send(segments);

        public void ShutdownSend() => inner.ShutdownSend();

        public void Abort() => inner.Abort();

        public void Post() => inner.Post();

        public void Dispose() => inner.Dispose();
    }
}
