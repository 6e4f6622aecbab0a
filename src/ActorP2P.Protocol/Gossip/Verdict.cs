namespace ActorP2P;

/// <summary>The application's verdict on a broadcast.</summary>
public enum Verdict
{
    /// <summary>Valid: it is relayed.</summary>
    Accept,
    /// <summary>Of no use here: it is not relayed, and the peer is not charged.</summary>
    Ignore,
    /// <summary>
    /// Invalid by rules that all nodes share: it is not relayed, and the peer that sent it is charged.
    /// </summary>
    Reject,
    /// <summary>No verdict is possible yet: the broadcast is forgotten, and handled when it comes again.</summary>
    Defer,
}
