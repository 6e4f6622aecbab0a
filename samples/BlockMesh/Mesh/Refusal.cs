namespace BlockMesh.Mesh;

/// <summary>What a node did not take from a peer, and why. The peer is not asked again.</summary>
/// <param name="Peer">The peer, for people.</param>
public abstract record Refusal(string Peer);
