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

    internal BroadcastContext(Peer peer, BroadcastHead head, NodeId author, ulong sequence)
        : this(peer, head)
    {
        Author = author;
        Sequence = sequence;
    }

    /// <summary>The broadcast's content id.</summary>
    public BroadcastId Id { get; }

    /// <summary>
    /// The node that has signed the broadcast, which need not be <see cref="MessageContext.Peer"/>; null for a
    /// broadcast that is not signed.
    /// </summary>
    public NodeId? Author { get; }

    /// <summary>
    /// The author's number of the broadcast: higher than those of all its earlier broadcasts, also those before a
    /// restart, unless its clock has gone back. 0 for a broadcast that is not signed.
    /// </summary>
    public ulong Sequence { get; }

    /// <summary>The links that the broadcast has travelled.</summary>
    public int Hops { get; }

    private protected override string KindName => "broadcast";
}
