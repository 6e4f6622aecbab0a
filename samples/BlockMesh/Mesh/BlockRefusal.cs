using BlockMesh.Chain;

namespace BlockMesh.Mesh;

/// <summary>A peer served a block that does not belong at its height.</summary>
/// <param name="Peer">The peer, for people.</param>
/// <param name="Height">The height of the block.</param>
/// <param name="Verdict">What is wrong with it.</param>
public sealed record BlockRefusal(string Peer, int Height, BlockVerdict Verdict) : Refusal(Peer)
{
    /// <inheritdoc/>
    public override string ToString() => $"block {Height} of {Peer}: {Verdict}";
}
