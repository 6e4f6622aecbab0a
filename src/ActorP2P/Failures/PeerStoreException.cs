namespace ActorP2P;

/// <summary>A node's store cannot be used, or could not make a change.</summary>
public sealed class PeerStoreException : P2PException
{
    /// <summary>Makes one; for those who write a store.</summary>
    /// <param name="reason">Why the store cannot be used.</param>
    /// <param name="detail">What happened, for people.</param>
    /// <param name="inner">The cause; null: none.</param>
    public PeerStoreException(PeerStoreFault reason, string detail, Exception? inner = null)
        : base($"The store cannot be used: {reason} ({detail}).", inner) => Reason = reason;

    /// <summary>Why the store cannot be used.</summary>
    public PeerStoreFault Reason { get; }
}
