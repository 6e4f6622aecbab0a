using BlockMesh.Chain;

namespace BlockMesh.Mesh;

/// <summary>A peer served a header that does not belong at its height.</summary>
/// <param name="Peer">The peer, for people.</param>
/// <param name="Height">The height of the header.</param>
/// <param name="Verdict">What is wrong with it.</param>
public sealed record HeaderRefusal(string Peer, int Height, HeaderVerdict Verdict) : Refusal(Peer)
{
    /// <inheritdoc/>
    public override string ToString() => $"header {Height} of {Peer}: {Verdict}";
}
