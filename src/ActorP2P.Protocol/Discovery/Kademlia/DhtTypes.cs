namespace ActorP2P.Protocol;

/// <summary>The type codes of the messages of the distributed hash table.</summary>
internal static class DhtTypes
{
    /// <summary>Request: nodes close to a key.</summary>
    public const ushort FindNode = 0x0020;
    /// <summary>Response: nodes.</summary>
    public const ushort Nodes = 0x0021;
    /// <summary>Request: providers of a service, and nodes close to its key.</summary>
    public const ushort GetProviders = 0x0022;
    /// <summary>Response: providers and nodes.</summary>
    public const ushort Providers = 0x0023;
    /// <summary>Request: keep the record of a provider.</summary>
    public const ushort AddProvider = 0x0024;
    /// <summary>Response: whether it is kept.</summary>
    public const ushort ProviderAdded = 0x0025;
}
