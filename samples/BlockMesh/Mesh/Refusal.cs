namespace BlockMesh.Mesh;

/// <summary>Data from a peer that a node refused, and why. The peer is not asked again.</summary>
/// <param name="Peer">The peer, for people.</param>
public abstract record Refusal(string Peer);
