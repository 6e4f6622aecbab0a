namespace ActorP2P;

/// <summary>
/// The node id that a peer states in its hello, without proof. It is a type of its own and cannot be converted to a
/// <see cref="NodeId"/>, because a claim must never displace another connection, be banned, or count as a known peer.
/// </summary>
/// <param name="Claim">The stated id. Use it only to display it and to compare claims.</param>
public readonly record struct ClaimedNodeId(NodeId Claim)
{
    /// <summary>The claim, marked as such: <c>?</c> and the first eight digits.</summary>
    public override string ToString() => $"?{Claim.ToShortString()}";

    /// <inheritdoc/>
    public override int GetHashCode() => Claim.GetHashCode();
}
