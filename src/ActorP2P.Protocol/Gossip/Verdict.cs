namespace ActorP2P;

/// <summary>What the application says of a broadcast.</summary>
public enum Verdict
{
    /// <summary>Good: relay it.</summary>
    Accept,
    /// <summary>Of no use here: not relayed, and no fault of the peer.</summary>
    Ignore,
    /// <summary>Invalid by rules that all nodes share: not relayed, and charged to the peer that sent it.</summary>
    Reject,
    /// <summary>No verdict is possible yet: the broadcast is forgotten, and handled when it comes again.</summary>
    Defer,
}
