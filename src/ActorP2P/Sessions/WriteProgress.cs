using ActorP2P.Protocol;
using ActorP2P.Transport;

namespace ActorP2P;

/// <summary>
/// Watches whether the peer accepts the bytes that it is sent. It is a part of the PeerActor and used in its turns
/// only.
/// </summary>
/// <param name="limit">The time without progress that is allowed.</param>
internal struct WriteProgress(TimeSpan limit)
{
    // The first check comes after this fraction of the limit: most bytes are accepted in far less time.
    private const int FirstLook = 10;

    private long _bytesSent;
    private TimeSpan? _lookedAt;
    private long? _acknowledged;

    /// <summary>
    /// Tells the session when bytes have been sent since the last call. The count of bytes decides,
    /// and not <see cref="IFrameSink.OnRoom"/>: the connection does not call that when its owner has
    /// already noticed the room, and then an honest peer would look like one that reads nothing.
    /// </summary>
    public void Note(FrameConnection frames, PeerSession session)
    {
        if (frames.BytesSent != _bytesSent)
        {
            _bytesSent = frames.BytesSent;
            session.OnWriterProgress();
        }
    }

    /// <summary>When to check which bytes the peer has acknowledged, if none have been sent by then.</summary>
    public readonly TimeSpan? NextLook(PeerSession session) =>
        session.BlockedSince is { } blocked && _lookedAt != blocked ? blocked + (limit / FirstLook) : null;

    /// <summary>
    /// Checks which bytes the peer has acknowledged. Bytes count as sent when a whole send has completed, which on a
    /// slow line may take longer than the limit. So the operating system is asked twice: soon after the writer was
    /// blocked, and when the limit is over.
    /// </summary>
    public void Look(FrameConnection frames, PeerSession session, TimeSpan now)
    {
        if (session.BlockedSince is not { } blocked)
        {
            return;
        }

        if (NextLook(session) <= now)
        {
            _lookedAt = blocked;
            _acknowledged = frames.BytesAcknowledged;
        }
        else if (now - blocked >= limit && frames.BytesAcknowledged > _acknowledged)
        {
            session.OnWriterProgress();
        }
    }
}
