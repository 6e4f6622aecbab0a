namespace BlockMesh.Demo;

/// <summary>What came of a run.</summary>
/// <param name="Succeeded">Whether every node holds everything and nothing was refused.</param>
/// <param name="Summary">The last line the program prints: <c>OK: ...</c> or <c>FAILED: ...</c>.</param>
/// <param name="Nodes">The nodes in line, the source first.</param>
public sealed record MeshResult(bool Succeeded, string Summary, IReadOnlyList<NodeReport> Nodes);
