namespace BlockMesh.Demo;

/// <summary>The result of a run.</summary>
/// <param name="Succeeded">Whether every node has all data and refused nothing.</param>
/// <param name="Summary">The last line that the program prints: <c>OK: ...</c> or <c>FAILED: ...</c>.</param>
/// <param name="Nodes">The nodes in their order, the source first.</param>
public sealed record MeshResult(bool Succeeded, string Summary, IReadOnlyList<NodeReport> Nodes);
