namespace ActorP2P.Protocol;

/// <summary>How a lookup ended.</summary>
internal enum LookupEnd
{
    /// <summary>The node that was looked for is found.</summary>
    Found,
    /// <summary>All of the closest nodes have been asked.</summary>
    Complete,
    /// <summary>There was nobody to ask.</summary>
    NobodyKnown,
    /// <summary>It took too long.</summary>
    TimedOut,
    /// <summary>It asked as many nodes as allowed.</summary>
    TooManyQueries,
    /// <summary>Nobody waits for it any more.</summary>
    Cancelled,
}
