namespace ActorP2P.Transport;

/// <summary>
/// Records what a connection is doing and whether it must end. The owner is notified of the end once, after both
/// directions have stopped.
/// </summary>
internal sealed class ConnectionLife
{
    // The object is its own lock, because a Lock would take 40 bytes of every connection.
    private Activities _activities;
    private TransportError? _reason;
    private Stage _stage;

    private enum Stage
    {
        Open,
        // The peer has ended its direction of the stream; this side may still send.
        PeerEnded,
        Broken,
        Ended,
    }

    /// <summary>Why the connection ended; the first reason counts.</summary>
    internal TransportError Reason => _reason ?? throw new InvalidOperationException("The connection has not ended.");

    /// <summary>Begins an activity; returns false when the connection has ended.</summary>
    internal bool TryEnter(Activities activity)
    {
        lock (this)
        {
            if (_stage >= Stage.Broken)
            {
                return false;
            }

            _activities |= activity;
            return true;
        }
    }

    /// <summary>Ends an activity; returns true when the connection ends with it.</summary>
    internal bool Leave(Activities activity)
    {
        lock (this)
        {
            _activities &= ~activity;
            return TryEnd();
        }
    }

    /// <summary>
    /// Begins to notify the owner of room. It returns false when the connection has ended, or when another thread is
    /// notifying; that thread then notifies once more.
    /// </summary>
    internal bool TryEnterTelling()
    {
        lock (this)
        {
            if (_stage == Stage.Ended)
            {
                return false;
            }

            bool isFirst = !_activities.HasFlag(Activities.TellingRoom);
            _activities |= isFirst ? Activities.TellingRoom : Activities.TellRoomAgain;
            return isFirst;
        }
    }

    /// <summary>
    /// Ends the notification. It returns false when there was room again meanwhile; the caller must then notify once
    /// more.
    /// </summary>
    /// <param name="ended">Whether the connection ends with it.</param>
    internal bool TryLeaveTelling(out bool ended)
    {
        lock (this)
        {
            bool isAgain = _activities.HasFlag(Activities.TellRoomAgain);
            _activities &= isAgain ? ~Activities.TellRoomAgain : ~Activities.TellingRoom;
            ended = TryEnd();
            return !isAgain;
        }
    }

    /// <summary>
    /// Asks for the end; returns true when no activity is in progress, so that the connection ends now.
    /// </summary>
    internal bool Close(TransportError reason)
    {
        lock (this)
        {
            _reason ??= reason;
            Stage asked = reason.Fault == TransportFault.EndOfStream ? Stage.PeerEnded : Stage.Broken;
            _stage = asked > _stage ? asked : _stage;
            return TryEnd();
        }
    }

    private bool TryEnd()
    {
        if (_stage is Stage.Open or Stage.Ended || _activities != Activities.None)
        {
            return false;
        }

        _stage = Stage.Ended;
        return true;
    }
}
