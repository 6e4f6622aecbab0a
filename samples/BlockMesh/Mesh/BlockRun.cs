using BlockMesh.Messages;

namespace BlockMesh.Mesh;

/// <summary>What came of asking a peer for a range of blocks.</summary>
/// <param name="Status">What the peer said last that it holds; null when its answer was refused.</param>
/// <param name="Items">The blocks from the start of the range on, as many as the peer gave.</param>
/// <param name="Refusal">Set when the peer answered something else.</param>
internal sealed record BlockRun(ChainStatus? Status, IReadOnlyList<ReadOnlyMemory<byte>> Items, Refusal? Refusal);
