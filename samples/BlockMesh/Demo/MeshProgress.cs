namespace BlockMesh.Demo;

/// <summary>How far all nodes of a run are.</summary>
/// <param name="TotalHeaders">How many headers there are to get.</param>
/// <param name="TotalBlocks">How many blocks there are to get.</param>
/// <param name="Nodes">The nodes in line.</param>
public sealed record MeshProgress(int TotalHeaders, int TotalBlocks, IReadOnlyList<NodeProgress> Nodes);
