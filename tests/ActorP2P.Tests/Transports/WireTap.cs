using ActorP2P.Transport;

namespace ActorP2P.Tests.Transports;

/// <summary>A connection that records what is sent on it.</summary>
internal sealed class WireTap(IConnection inner) : IConnection
{
    private readonly List<byte> _sent = [];

    /// <summary>The bytes that were sent so far.</summary>
    public byte[] Sent
    {
        get
        {
            lock (_sent)
            {
                return [.. _sent];
            }
        }
    }

    public PeerAddress LocalAddress => inner.LocalAddress;

    public PeerAddress RemoteAddress => inner.RemoteAddress;

    public void Start(IConnectionSink sink) => inner.Start(sink);

    public OperationResult Receive(Memory<byte> buffer) => inner.Receive(buffer);

    public OperationResult Send(IList<ArraySegment<byte>> segments)
    {
        lock (_sent)
        {
            foreach (ArraySegment<byte> segment in segments)
            {
                _sent.AddRange(segment);
            }
        }

        return inner.Send(segments);
    }

    public void ShutdownSend() => inner.ShutdownSend();

    public void Abort() => inner.Abort();

    public void Dispose() => inner.Dispose();

    public void Post() => inner.Post();
}
