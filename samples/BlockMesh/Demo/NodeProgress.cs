namespace BlockMesh.Demo;

/// <summary>How far one node is.</summary>
/// <param name="Name">The node.</param>
/// <param name="Headers">How many headers it holds.</param>
/// <param name="Blocks">How many blocks it holds.</param>
/// <param name="LargeBlock">Whether it holds the block that is broadcast.</param>
public readonly record struct NodeProgress(string Name, int Headers, int Blocks, bool LargeBlock);
