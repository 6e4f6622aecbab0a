namespace ActorP2P.Protocol;

/// <summary>Whether a record of a provider is kept. The values are on the wire.</summary>
internal enum ProviderOutcome : byte
{
    /// <summary>The record is kept.</summary>
    Kept = 0,
    /// <summary>There are as many providers of the service as allowed.</summary>
    KeyFull = 1,
    /// <summary>There are as many providers of the service in the same group of addresses as allowed.</summary>
    GroupFull = 2,
    /// <summary>The node provides as many services as allowed.</summary>
    NodeFull = 3,
    /// <summary>There are as many records as allowed.</summary>
    TableFull = 4,
    /// <summary>The record is older than one that is kept, or too old.</summary>
    Stale = 5,
    /// <summary>
    /// The record does not prove that its sender offers the service: it is of another node or another network, not
    /// signed, names no such service, or has no address.
    /// </summary>
    NotProven = 6,
}
