using ActorP2P.Protocol;

namespace ActorP2P.Transport.Tests;

/// <summary>A connection that counts its sends.</summary>
internal sealed class SendCounter(IConnection inner) : IConnection
{
    /// <summary>The number of sends so far.</summary>
    public int Sends { get; private set; }

    public PeerAddress LocalAddress => inner.LocalAddress;

    public PeerAddress RemoteAddress => inner.RemoteAddress;

    public void Start(IConnectionSink sink) => inner.Start(sink);

    public OperationResult Receive(Memory<byte> buffer) => inner.Receive(buffer);

    public OperationResult Send(IList<ArraySegment<byte>> segments)
    {
        Sends++;
        return inner.Send(segments);
    }

    public void ShutdownSend() => inner.ShutdownSend();

    public void Abort() => inner.Abort();

    public void Post() => inner.Post();

    public void Dispose() => inner.Dispose();
}
