using BlockMesh.Chain;

namespace BlockMesh.Mesh;

/// <summary>A peer relayed a block that is not valid by itself.</summary>
/// <param name="Peer">The peer, for people.</param>
/// <param name="Verdict">What is wrong with the block.</param>
public sealed record AnnouncementRefusal(string Peer, BlockVerdict Verdict) : Refusal(Peer)
{
    /// <inheritdoc/>
    public override string ToString() => $"the block announced by {Peer}: {Verdict}";
}
