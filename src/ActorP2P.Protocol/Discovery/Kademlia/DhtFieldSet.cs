namespace ActorP2P.Protocol;

/// <summary>Which fields a message of the distributed hash table may have.</summary>
[Flags]
internal enum DhtFieldSet
{
    /// <summary>None.</summary>
    None = 0,
    /// <summary>The key.</summary>
    Key = 1,
    /// <summary>The sender's own record.</summary>
    Own = 2,
    /// <summary>Whether the record of the node that answers is wanted.</summary>
    WantsRecord = 4,
    /// <summary>Records of nodes.</summary>
    Nodes = 8,
    /// <summary>Records of providers.</summary>
    Providers = 16,
    /// <summary>The outcome.</summary>
    Outcome = 32,
}
