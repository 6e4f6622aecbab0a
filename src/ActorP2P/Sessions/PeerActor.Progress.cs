namespace ActorP2P;

/// <content>Whether the peer takes what it is sent.</content>
internal sealed partial class PeerActor
{
    // What part of the time without progress passes before the first look: the most bytes are taken in far less.
    private const int FirstLook = 10;

    private long _bytesTaken;
    private TimeSpan? _lookedAt;
    private long? _acknowledged;

    /// <summary>When to look at what the system knows of the peer, if by then nothing has gone.</summary>
    private TimeSpan? LookDue => _session.BlockedSince is { } blocked && _lookedAt != blocked
        ? blocked + (_node.Settings.Session.NoProgressTimeout / FirstLook)
        : null;

    /// <summary>
    /// Whether the peer takes what is sent is seen from the bytes themselves. The word that there is room does not do: it is not
    /// given to who has found the room by looking, and an honest peer would be taken for one that reads nothing.
    /// </summary>
    private void NoteProgress()
    {
        if (_frames.BytesSent != _bytesTaken)
        {
            _bytesTaken = _frames.BytesSent;
            _session.OnWriterProgress();
        }
    }

    /// <summary>
    /// What is sent is counted when all of it has gone, which a slow line may need longer for than silence is borne. So the system is
    /// asked what the peer has acknowledged: soon after the writer was blocked, and when the time is over.
    /// </summary>
    private void LookForProgress()
    {
        if (_session.BlockedSince is not { } blocked)
        {
            return;
        }

        if (LookDue <= _now)
        {
            _lookedAt = blocked;
            _acknowledged = _frames.BytesAcknowledged;
        }
        else if (_now - blocked >= _node.Settings.Session.NoProgressTimeout && _frames.BytesAcknowledged > _acknowledged)
        {
            _session.OnWriterProgress();
        }
    }
}
