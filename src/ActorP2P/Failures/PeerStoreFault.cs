namespace ActorP2P;

/// <summary>Why an <see cref="IPeerStore"/> cannot be used.</summary>
public enum PeerStoreFault
{
    /// <summary>The store cannot be reached, read or written; the message says how that showed.</summary>
    Unavailable,
    /// <summary>Another node, perhaps of another process, uses the store.</summary>
    InUse,
    /// <summary>The store was written by a newer version of this software.</summary>
    NewerVersion,
    /// <summary>The store belongs to another software.</summary>
    NotAStore,
    /// <summary>What the store holds is damaged.</summary>
    Corrupt,
    /// <summary>The store has as many entries as it may have, or there is no room on its disk.</summary>
    Full,
    /// <summary>The store has not answered in time.</summary>
    TimedOut,
    /// <summary>The store is closed.</summary>
    Closed,
}
