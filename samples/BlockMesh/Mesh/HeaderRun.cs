using BlockMesh.Messages;

namespace BlockMesh.Mesh;

/// <summary>What came of asking a peer for a range of headers.</summary>
/// <param name="Status">What the peer said it holds; null when its answer was refused.</param>
/// <param name="Bytes">The headers from the start of the range on, as many as the peer gave.</param>
/// <param name="Refusal">Set when the peer answered something else.</param>
internal sealed record HeaderRun(ChainStatus? Status, ReadOnlyMemory<byte> Bytes, Refusal? Refusal);
