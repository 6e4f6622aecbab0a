namespace BlockMesh.Mesh;

/// <summary>A peer's answer does not match the question, or contradicts the peer's earlier statements.</summary>
/// <param name="Peer">The peer, for people.</param>
/// <param name="Asked">The question.</param>
/// <param name="Answered">The answer.</param>
public sealed record ReplyRefusal(string Peer, string Asked, string Answered) : Refusal(Peer)
{
    /// <inheritdoc/>
    public override string ToString() => $"the reply of {Peer}: asked {Asked}, answered {Answered}";
}
