namespace BlockMesh.Mesh;

/// <summary>A peer answered something it was not asked, or contradicted itself.</summary>
/// <param name="Peer">The peer, for people.</param>
/// <param name="Asked">What it was asked.</param>
/// <param name="Answered">What it answered.</param>
public sealed record ReplyRefusal(string Peer, string Asked, string Answered) : Refusal(Peer)
{
    /// <inheritdoc/>
    public override string ToString() => $"the reply of {Peer}: asked {Asked}, answered {Answered}";
}
