using NBitcoin;

namespace BlockMesh.Chain;

/// <summary>An output that no block at hand spends.</summary>
/// <param name="Output">Its amount and its script.</param>
/// <param name="Height">The height of the block that holds it.</param>
/// <param name="OfCoinbase">Whether a coinbase made it, so that it is not to be spent for a while.</param>
public sealed record UnspentOutput(TxOut Output, int Height, bool OfCoinbase);
