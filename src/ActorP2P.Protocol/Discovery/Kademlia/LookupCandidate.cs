namespace ActorP2P.Protocol;

/// <summary>
/// A node that a lookup may ask. It belongs to the path that heard of it first, and only that path asks it.
/// </summary>
/// <param name="contact">The node.</param>
/// <param name="distance">Its distance to the key.</param>
/// <param name="owner">The path.</param>
/// <param name="hops">The questions that led to it, with the one to itself.</param>
internal sealed class LookupCandidate(DhtContact contact, DhtKey distance, int owner, int hops)
{
    /// <summary>The node.</summary>
    public DhtContact Contact => contact;

    /// <summary>Its distance to the key.</summary>
    public DhtKey Distance => distance;

    /// <summary>The path that it belongs to.</summary>
    public int Owner => owner;

    /// <summary>The questions that led to it, with the one to itself.</summary>
    public int Hops => hops;

    /// <summary>What is known of it.</summary>
    public LookupState State { get; set; }

    /// <summary>When it was asked.</summary>
    public TimeSpan AskedAt { get; set; }
}
