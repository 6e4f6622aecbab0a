namespace ActorP2P.Benchmarks;

/// <summary>What one line of a ledger says.</summary>
internal enum LedgerEntryKind
{
    /// <summary>An ask begins; the detail is the node asked.</summary>
    Ask,

    /// <summary>A tell begins; the detail is the node told.</summary>
    Tell,

    /// <summary>A broadcast begins.</summary>
    Broadcast,

    /// <summary>A connect begins; the detail is the node dialled.</summary>
    Connect,

    /// <summary>
    /// One of those has ended; the detail is how: <c>ok</c>, a typed failure, or <c>UNTYPED</c> and what it was.
    /// </summary>
    End,

    /// <summary>A handler has answered the request of that id.</summary>
    Served,

    /// <summary>A notify has come.</summary>
    Heard,

    /// <summary>A broadcast has come.</summary>
    News,

    /// <summary>A peer is gone; the detail is the reason and whose word it is.</summary>
    Down,

    /// <summary>The node logged an error of its own; the detail says which.</summary>
    Fault,

    /// <summary>The node has stopped because it was told to.</summary>
    Stopped,
}
