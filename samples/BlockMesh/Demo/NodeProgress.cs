namespace BlockMesh.Demo;

/// <summary>The progress of one node.</summary>
/// <param name="Name">The node.</param>
/// <param name="Headers">The number of headers that it has.</param>
/// <param name="Blocks">The number of blocks that it has.</param>
/// <param name="LargeBlock">Whether it has the block that is broadcast.</param>
public readonly record struct NodeProgress(string Name, int Headers, int Blocks, bool LargeBlock);
