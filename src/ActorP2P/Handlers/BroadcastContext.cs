using ActorP2P.Protocol;

namespace ActorP2P;

/// <summary>What a broadcast handler is given besides the message.</summary>
public sealed class BroadcastContext : MessageContext
{
    internal BroadcastContext(Peer peer, BroadcastHead head)
        : base(peer)
    {
        Id = head.Id;
        Hops = head.Hops;
    }

    /// <summary>The broadcast's content id.</summary>
    public BroadcastId Id { get; }

    /// <summary>The links that the broadcast has travelled.</summary>
    public int Hops { get; }

    private protected override string KindName => "broadcast";
}
