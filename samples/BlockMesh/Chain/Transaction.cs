namespace BlockMesh.Chain;

/// <summary>A transaction, as far as a block's integrity rests on it.</summary>
/// <param name="Id">The hash without witnesses, which the merkle root covers.</param>
/// <param name="WitnessId">The hash with witnesses, which the witness commitment covers; equal to the id when there are none.</param>
/// <param name="HasWitness">Whether it carries witnesses.</param>
/// <param name="Coinbase">The parts of a coinbase transaction; null for any other.</param>
public sealed record Transaction(Hash256 Id, Hash256 WitnessId, bool HasWitness, CoinbaseParts? Coinbase);
