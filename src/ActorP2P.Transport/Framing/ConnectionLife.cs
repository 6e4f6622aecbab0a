namespace ActorP2P.Transport;

/// <summary>
/// Knows what a connection is doing and whether it has to end, so that the owner hears of the end once, and only after both
/// directions have fallen silent.
/// </summary>
internal sealed class ConnectionLife
{
    private readonly Lock _lock = new();
    private Activities _activities;
    private TransportError? _reason;
    private bool _broken;
    private bool _tellAgain;
    private bool _ended;

    /// <summary>Why the connection ended; the first reason counts.</summary>
    internal TransportError Reason => _reason ?? throw new InvalidOperationException("The connection has not ended.");

    /// <summary>Begins an activity; false when there is no connection left to do it on.</summary>
    internal bool TryEnter(Activities activity)
    {
        lock (_lock)
        {
            // Behind the peer's orderly end our own direction may still be used.
            if (_ended || _broken)
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
    /// Begins to tell the owner of room; false when there is nobody left to tell, or when another thread is at it, who then
    /// tells once more.
    /// </summary>
    internal bool TryEnterTelling()
    {
        lock (_lock)
        {
            _tellAgain = _activities.HasFlag(Activities.TellingRoom);
            if (_tellAgain || _ended)
            {
                return false;
            }

            _activities |= Activities.TellingRoom;
            return true;
        }
    }

    /// <summary>Ends the telling, unless there was another wish meanwhile; then false, and the caller tells again.</summary>
    /// <param name="ended">Whether with it the connection has come to its end.</param>
    internal bool TryLeaveTelling(out bool ended)
    {
        lock (_lock)
        {
            bool again = _tellAgain;
            _tellAgain = false;
            _activities &= again ? _activities : ~Activities.TellingRoom;
            ended = TryEnd();
            return !again;
        }
    }

    /// <summary>Asks for the end; true when nothing is under way and it has come.</summary>
    internal bool Close(TransportError reason)
    {
        lock (_lock)
        {
            _reason ??= reason;
            _broken |= reason.Fault != TransportFault.EndOfStream;
            return TryEnd();
        }
    }

    private bool TryEnd()
    {
        if (_ended || _reason is null || _activities != Activities.None)
        {
            return false;
        }

        _ended = true;
        return true;
    }
}
