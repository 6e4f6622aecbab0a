using ActorP2P.Protocol;
using ActorP2P.Transport;

namespace ActorP2P.Benchmarks;

/// <summary>
/// A connection that drops one response in a fixed number. It relies on the node sending only whole frames at a time.
/// </summary>
internal sealed class PlantedConnection(IConnection inner) : IConnection
{
    private const int OneIn = 40;

    private static int s_responses;

    public PeerAddress LocalAddress => inner.LocalAddress;

    public PeerAddress RemoteAddress => inner.RemoteAddress;

    public long? BytesAcknowledged => inner.BytesAcknowledged;

    public void Start(IConnectionSink sink) => inner.Start(sink);

    public OperationResult Receive(Memory<byte> buffer) => inner.Receive(buffer);

    public OperationResult Send(IList<ArraySegment<byte>> segments)
    {
        byte[] bytes = [.. segments.SelectMany(segment => segment)];
        List<ArraySegment<byte>> kept = [];
        for (int at = 0; at < bytes.Length;)
        {
            FrameHeader header = FrameHeader.Read(bytes.AsSpan(at));
            int length = FrameHeader.Size + (int)header.Length;
            bool lost = header.Kind == FrameKind.Response && !header.IsFragment
                && Interlocked.Increment(ref s_responses) % OneIn == 0;
            if (!lost)
            {
                kept.Add(new ArraySegment<byte>(bytes, at, length));
            }

            at += length;
        }

        return kept.Count == 0 ? OperationResult.Completed(bytes.Length) : inner.Send(kept);
    }

    public void BoundSending(TimeSpan roundTrip) => inner.BoundSending(roundTrip);

    public void ShutdownSend() => inner.ShutdownSend();

    public void Abort() => inner.Abort();

    public void Post() => inner.Post();

    public void Dispose() => inner.Dispose();
}
