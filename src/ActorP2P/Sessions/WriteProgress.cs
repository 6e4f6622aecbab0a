using ActorP2P.Protocol;
using ActorP2P.Transport;

namespace ActorP2P;

/// <summary>Whether the peer takes what it is sent. A part of the PeerActor, used in its turns alone.</summary>
/// <param name="limit">The time without progress that is borne.</param>
internal struct WriteProgress(TimeSpan limit)
{
    // What part of the time without progress passes before the first look: the most bytes are taken in far less.
    private const int FirstLook = 10;

    private long _bytesSent;
    private TimeSpan? _lookedAt;
    private long? _acknowledged;

    /// <summary>
    /// Tells the session when bytes have gone since the last call. The bytes are the evidence, and not
    /// <see cref="IFrameSink.OnRoom"/>: the connection does not call that when its owner has found the room by looking, and
    /// then an honest peer would be taken for one that reads nothing.
    /// </summary>
    public void Note(FrameConnection frames, PeerSession session)
    {
        if (frames.BytesSent != _bytesSent)
        {
            _bytesSent = frames.BytesSent;
            session.OnWriterProgress();
        }
    }

    /// <summary>When to look at what the system knows of the peer, if by then nothing has gone.</summary>
    public readonly TimeSpan? NextLook(PeerSession session) =>
        session.BlockedSince is { } blocked && _lookedAt != blocked ? blocked + (limit / FirstLook) : null;

    /// <summary>
    /// Looks at what the peer has acknowledged. Bytes count as sent when all of a send has gone, which on a slow line
    /// may take longer than silence is borne. So the system is asked twice: soon after the writer was blocked, and when
    /// the time is over.
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
