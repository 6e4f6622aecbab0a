namespace BlockMesh.Chain;

/// <summary>What a coinbase transaction says about the witnesses of its block (BIP 141).</summary>
/// <param name="Commitment">The hash in the last output that is a commitment; null when no output is one.</param>
/// <param name="ReservedValue">The only item of the witness, when it is one of 32 bytes.</param>
public sealed record CoinbaseParts(Hash256? Commitment, Hash256? ReservedValue);
