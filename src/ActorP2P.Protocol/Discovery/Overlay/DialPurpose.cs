namespace ActorP2P.Protocol;

/// <summary>Why an address is dialled.</summary>
internal enum DialPurpose
{
    /// <summary>For one of the wanted connections.</summary>
    Regular,

    /// <summary>For one of the wanted connections, because it lasted before the node was started again.</summary>
    Anchor,

    /// <summary>To know whether the address works; the connection is closed at once.</summary>
    Feeler,

    /// <summary>To ask for addresses, because too few are known.</summary>
    Bootstrap,

    /// <summary>To take the place of another connection, so that the network mixes slowly.</summary>
    Swap,
}
