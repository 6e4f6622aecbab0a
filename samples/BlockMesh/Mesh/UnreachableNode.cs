using ActorP2P;

namespace BlockMesh.Mesh;

/// <summary>A node that is dialled but cannot be reached.</summary>
/// <param name="Address">The dialled address.</param>
/// <param name="Reason">Why there is no connection, in one word.</param>
/// <param name="Detail">More about the reason, for people.</param>
public sealed record UnreachableNode(PeerAddress Address, string Reason, string Detail)
{
    /// <inheritdoc/>
    public override string ToString() =>
        Detail.Length == 0 ? $"{Address} ({Reason})" : $"{Address} ({Reason}: {Detail})";
}
