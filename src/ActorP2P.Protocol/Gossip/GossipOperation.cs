namespace ActorP2P.Protocol;

/// <summary>What a gossip control frame says about the broadcast ids in it. The first byte of its payload.</summary>
internal enum GossipOperation : byte
{
    /// <summary>The sender could not send these broadcasts, and keeps them for a while.</summary>
    Dropped = 1,
    /// <summary>The sender lacks these broadcasts, which were announced as dropped, and asks for them.</summary>
    Wanted = 2,
}
