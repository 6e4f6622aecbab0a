namespace ActorP2P.Protocol;

/// <summary>
/// What a node may understand beyond the protocol's core: the number of a bit in the field Features of its hello.
/// Receivers ignore bits that they do not know.
/// </summary>
internal enum HelloFeature
{
    /// <summary>Streams of bytes between two nodes.</summary>
    Streams = 0,

    /// <summary>Exchange of peers' addresses.</summary>
    PeerExchange = 1,

    /// <summary>The node announces the rates that it accepts.</summary>
    Rates = 2,
}
