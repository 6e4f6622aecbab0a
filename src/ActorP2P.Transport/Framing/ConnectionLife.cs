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
    private bool _ended;

    /// <summary>Why the connection ended; the first reason counts.</summary>
    internal TransportError Reason => _reason ?? throw new InvalidOperationException("The connection has not ended.");

    /// <summary>Begins an activity; false when there is no connection left to do it on.</summary>
    internal bool TryEnter(Activities activity)
    {
        lock (_lock)
        {
            // Behind the peer's orderly end our own direction may still be used.
            if (_ended || (_broken && activity != Activities.TellingRoom))
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
