namespace ActorP2P;

/// <summary>What is wrong with a broadcast of a peer.</summary>
internal enum BroadcastFault
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>The application rejects it. Another node may have other rules.</summary>
    Rejected,

    /// <summary>It does not parse. No node relays such a broadcast.</summary>
    Malformed,
}
