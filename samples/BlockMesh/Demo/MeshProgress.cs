namespace BlockMesh.Demo;

/// <summary>The progress of all nodes of a run.</summary>
/// <param name="TotalHeaders">The number of headers to get.</param>
/// <param name="TotalBlocks">The number of blocks to get.</param>
/// <param name="Nodes">The nodes in their order.</param>
public sealed record MeshProgress(int TotalHeaders, int TotalBlocks, IReadOnlyList<NodeProgress> Nodes);
