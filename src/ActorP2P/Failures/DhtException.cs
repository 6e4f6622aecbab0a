namespace ActorP2P;

/// <summary>A lookup in the distributed hash table failed.</summary>
public sealed class DhtException : P2PException
{
    internal DhtException(DhtFailure reason, string detail)
        : base($"The lookup failed: {reason} ({detail}).") => Reason = reason;

    /// <summary>Why it failed.</summary>
    public DhtFailure Reason { get; }
}
