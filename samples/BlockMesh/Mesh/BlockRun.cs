using BlockMesh.Messages;

namespace BlockMesh.Mesh;

/// <summary>The outcome of asking a peer for a range of blocks.</summary>
/// <param name="Status">The peer's last statement of what it has; null when its answer was refused.</param>
/// <param name="Items">The blocks from the start of the range, as many as the peer sent.</param>
/// <param name="Refusal">Set when the peer's answer was not acceptable.</param>
internal sealed record BlockRun(ChainStatus? Status, IReadOnlyList<ReadOnlyMemory<byte>> Items, Refusal? Refusal);
