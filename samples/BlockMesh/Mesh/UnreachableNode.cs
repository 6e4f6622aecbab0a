using ActorP2P;

namespace BlockMesh.Mesh;

/// <summary>A node that is dialled and not reached.</summary>
/// <param name="Address">What is dialled.</param>
/// <param name="Reason">Why there is no connection, in one word.</param>
/// <param name="Detail">What is known beyond that, for people.</param>
public sealed record UnreachableNode(PeerAddress Address, string Reason, string Detail)
{
    /// <inheritdoc/>
    public override string ToString() =>
        Detail.Length == 0 ? $"{Address} ({Reason})" : $"{Address} ({Reason}: {Detail})";
}
