using ActorP2P.Protocol;
using ActorP2P.Transport;

namespace ActorP2P.Tests.Hostile;

/// <summary>A transport whose dialled connections fail as soon as something is received.</summary>
/// <param name="inner">Makes the connections.</param>
/// <param name="fault">The fault of the connections.</param>
internal sealed class FailingTransport(ITransport inner, TransportFault fault = TransportFault.Other) : ITransport
{
    public IDisposable Listen(PeerAddress address, IAcceptSink sink) => inner.Listen(address, sink);

    public IDisposable Dial(PeerAddress address, TimeSpan timeout, IDialSink sink) =>
        inner.Dial(address, timeout, new Sink(sink, fault));

    private sealed class Sink(IDialSink sink, TransportFault fault) : IDialSink
    {
        public void OnDialled(IConnection connection) => sink.OnDialled(new Connection(connection, fault));

        public void OnDialFailed(TransportError error) => sink.OnDialFailed(error);
    }

    private sealed class Connection(IConnection inner, TransportFault fault) : IConnection, IConnectionSink
    {
        private IConnectionSink? _sink;

        public PeerAddress LocalAddress => inner.LocalAddress;

        public PeerAddress RemoteAddress => inner.RemoteAddress;

        public void Start(IConnectionSink sink)
        {
            _sink = sink;
            inner.Start(this);
        }

        public OperationResult Receive(Memory<byte> buffer)
        {
            OperationResult result = inner.Receive(buffer);
            return result.IsPending ? result : Failed;
        }

        public OperationResult Send(IList<ArraySegment<byte>> segments) => inner.Send(segments);

        public void ShutdownSend() => inner.ShutdownSend();

        public void Abort() => inner.Abort();

        public void Post() => inner.Post();

        public void Dispose() => inner.Dispose();

        public void OnReceived(OperationResult result) => _sink!.OnReceived(Failed);

        public void OnSent(OperationResult result) => _sink!.OnSent(result);

        public void OnPosted() => _sink!.OnPosted();

        private OperationResult Failed => OperationResult.Failed(new TransportError(fault, "a cable on fire"));
    }
}
