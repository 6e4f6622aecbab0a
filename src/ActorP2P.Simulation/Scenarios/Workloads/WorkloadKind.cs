namespace ActorP2P.Simulation;

/// <summary>What a workload sends.</summary>
internal enum WorkloadKind
{
    /// <summary>Broadcasts that every node accepts; each is followed to every node.</summary>
    Broadcasts,
    /// <summary>Requests, each to one node, that are answered at once.</summary>
    Asks,
    /// <summary>Notifies, each to one node.</summary>
    Notifies,
    /// <summary>Streams of bytes, each to one node.</summary>
    Streams,
    /// <summary>Notifies, each to one node, that no node can read: an attacker sends them.</summary>
    MalformedNotifies,
}
