using BlockMesh.Messages;

namespace BlockMesh.Mesh;

/// <summary>The outcome of asking a peer for a range of headers.</summary>
/// <param name="Status">The peer's statement of what it has; null when its answer was refused.</param>
/// <param name="Bytes">The headers from the start of the range, as many as the peer sent.</param>
/// <param name="Refusal">Set when the peer's answer was not acceptable.</param>
internal sealed record HeaderRun(ChainStatus? Status, ReadOnlyMemory<byte> Bytes, Refusal? Refusal);
