namespace ActorP2P.Protocol;

/// <summary>Where an address can be reached from.</summary>
internal enum AddressKind
{
    /// <summary>From everywhere.</summary>
    Public,

    /// <summary>From the same private network.</summary>
    Private,

    /// <summary>From the same machine.</summary>
    Loopback,

    /// <summary>From nowhere: an address for documentation, for many receivers, or for later.</summary>
    Unroutable,

    /// <summary>It is a name. Names cost nothing, so they are no addresses of their own.</summary>
    Name,
}
