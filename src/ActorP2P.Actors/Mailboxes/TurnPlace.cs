namespace ActorP2P.Actors;

/// <summary>What the thread that sends may do with the turn that the message wakes.</summary>
internal enum TurnPlace
{
    /// <summary>Run it, and one that comes of it; unless the thread runs a turn already, then the pool gets it.</summary>
    Here,
    /// <summary>
    /// Run it, unless the thread runs a turn already; but none that comes of it before <see cref="Mailbox.RunNext"/> is called:
    /// the thread has something to do first.
    /// </summary>
    HereAlone,
    /// <summary>Run it behind the turn that this thread runs now.</summary>
    Next,
    /// <summary>Leave it to the pool, behind all work that waits there.</summary>
    Later,
}
