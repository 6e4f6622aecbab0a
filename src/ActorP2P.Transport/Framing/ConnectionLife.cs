namespace ActorP2P.Transport;

/// <summary>
/// Knows what a connection is doing and whether it has to end, so that the owner hears of the end once, and only after
/// both directions have fallen silent.
/// </summary>
internal sealed class ConnectionLife
{
    private readonly Lock _lock = new();
    private Activities _activities;
    private TransportError? _reason;
    private Stage _stage;

    private enum Stage
    {
        Open,
        // The peer has ended its stream in order: this side may still send.
        PeerEnded,
        Broken,
        Ended,
    }

    /// <summary>Why the connection ended; the first reason counts.</summary>
    internal TransportError Reason => _reason ?? throw new InvalidOperationException("The connection has not ended.");

    /// <summary>Begins an activity; false when there is no connection left to do it on.</summary>
    internal bool TryEnter(Activities activity)
    {
        lock (_lock)
        {
            if (_stage >= Stage.Broken)
            {
                return false;
            }

            _activities |= activity;
            return true;
        }
    }

    /// <summary>Ends an activity; true when with it the connection has come to its end.</summary>
    internal bool Leave(Activities activity)
    {
        lock (_lock)
        {
            _activities &= ~activity;
            return TryEnd();
        }
    }

    /// <summary>
    /// Begins to tell the owner of room; false when there is nobody left to tell, or when another thread is telling,
    /// which then tells once more.
    /// </summary>
    internal bool TryEnterTelling()
    {
        lock (_lock)
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
    /// Ends the telling, unless there was room once more meanwhile; then false, and the caller tells again.
    /// </summary>
    /// <param name="ended">Whether with it the connection has come to its end.</param>
    internal bool TryLeaveTelling(out bool ended)
    {
        lock (_lock)
        {
            bool isAgain = _activities.HasFlag(Activities.TellRoomAgain);
            _activities &= isAgain ? ~Activities.TellRoomAgain : ~Activities.TellingRoom;
            ended = TryEnd();
            return !isAgain;
        }
    }

    /// <summary>Asks for the end; true when nothing is under way and it has come.</summary>
    internal bool Close(TransportError reason)
    {
        lock (_lock)
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
