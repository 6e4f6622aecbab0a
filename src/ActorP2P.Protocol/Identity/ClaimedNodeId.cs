namespace ActorP2P;

/// <summary>
/// The node id that a peer states in its hello, with no proof yet. A type of its own, because a claim must never displace
/// another connection, be banned, or count as a known peer: there is no way from here to a <see cref="NodeId"/>.
/// </summary>
/// <param name="Claim">What the peer says; good for display and for comparing two claims.</param>
public readonly record struct ClaimedNodeId(NodeId Claim)
{
    /// <summary>The claim, marked as such: <c>?</c> and the first eight digits.</summary>
    public override string ToString() => $"?{Claim.ToShortString()}";

    /// <inheritdoc/>
    public override int GetHashCode() => Claim.GetHashCode();
}
