namespace ActorP2P.Protocol;

/// <summary>What the routing table did with a node that it was told of.</summary>
internal enum RoutingOutcome
{
    /// <summary>The node has a place.</summary>
    Added,
    /// <summary>The node waits for a place.</summary>
    Waiting,
    /// <summary>The node was known, with this record.</summary>
    Known,
    /// <summary>The node was known, with an older record, which is replaced.</summary>
    Renewed,
    /// <summary>The node was known with a newer record: this one is of the past.</summary>
    Stale,
    /// <summary>The node is this node itself.</summary>
    Own,
    /// <summary>The record has no address.</summary>
    NoAddress,
    /// <summary>There are as many nodes of its group of addresses as allowed.</summary>
    GroupFull,
}
