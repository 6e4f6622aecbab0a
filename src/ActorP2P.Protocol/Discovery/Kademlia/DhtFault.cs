namespace ActorP2P;

/// <summary>
/// What nodes do wrong, or cannot do, when this node asks them in the distributed hash table. Each is counted.
/// </summary>
public enum DhtFault
{
    /// <summary>The node has not answered in time.</summary>
    Silent,
    /// <summary>There was no connection to the node, or it was lost.</summary>
    Unreachable,
    /// <summary>The node has refused the question, because it takes no part.</summary>
    Refused,
    /// <summary>The node has no room for the question now, or was asked too often.</summary>
    Busy,
    /// <summary>The answer does not parse, or has more records than allowed.</summary>
    Malformed,
    /// <summary>A record in an answer does not parse.</summary>
    BadRecord,
    /// <summary>A record in an answer is not signed by its node.</summary>
    NotSigned,
    /// <summary>A record in an answer is of another network.</summary>
    OtherNetwork,
    /// <summary>A record in an answer was made in the future.</summary>
    FutureDated,
    /// <summary>A record in an answer is older than one that is known, or a provider's record has expired.</summary>
    Stale,
    /// <summary>
    /// A record in an answer has no address, or a node of the Internet names addresses of a private network only.
    /// </summary>
    Unroutable,
    /// <summary>A record in an answer is this node's own.</summary>
    Own,
    /// <summary>The record of a provider does not name the service.</summary>
    NotProvider,
    /// <summary>A record is of a group of addresses of which enough nodes are known.</summary>
    GroupFull,
}
