using BlockMesh.Chain;

namespace BlockMesh.Mesh;

/// <summary>A peer relayed a transaction that an honest node does not relay.</summary>
/// <param name="Peer">The peer, for people.</param>
/// <param name="Verdict">What is wrong with the transaction.</param>
public sealed record TransactionRefusal(string Peer, TransactionVerdict Verdict) : Refusal(Peer)
{
    /// <inheritdoc/>
    public override string ToString() => $"the transaction announced by {Peer}: {Verdict}";
}
