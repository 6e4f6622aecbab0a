using NBitcoin;

namespace BlockMesh.Chain;

/// <summary>An output that no known block spends.</summary>
/// <param name="Output">Its amount and its script.</param>
/// <param name="Height">The height of the block that holds it.</param>
/// <param name="OfCoinbase">Whether a coinbase made it, so that it can be spent only after some blocks.</param>
public sealed record UnspentOutput(TxOut Output, int Height, bool OfCoinbase);
