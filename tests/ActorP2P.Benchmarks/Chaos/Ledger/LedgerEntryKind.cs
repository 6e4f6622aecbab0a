namespace ActorP2P.Benchmarks;

/// <summary>The kinds of lines in a ledger.</summary>
internal enum LedgerEntryKind
{
    /// <summary>An ask begins; the detail is the number of the asked node.</summary>
    Ask,

    /// <summary>A tell begins; the detail is the number of the addressed node.</summary>
    Tell,

    /// <summary>A broadcast begins.</summary>
    Broadcast,

    /// <summary>A connect begins; the detail is the number of the dialled node.</summary>
    Connect,

    /// <summary>
    /// A promise has ended. The detail is <c>ok</c>, a typed failure, or <c>UNTYPED</c> followed by the exception.
    /// </summary>
    End,

    /// <summary>A handler has answered the request with this id.</summary>
    Served,

    /// <summary>A notify has arrived.</summary>
    Heard,

    /// <summary>A broadcast has arrived.</summary>
    News,

    /// <summary>A peer is down. The detail is the reason and the side that gave it.</summary>
    Down,

    /// <summary>The node has logged an error; the detail is its text.</summary>
    Fault,

    /// <summary>The node has stopped because it was ordered to.</summary>
    Stopped,
}
