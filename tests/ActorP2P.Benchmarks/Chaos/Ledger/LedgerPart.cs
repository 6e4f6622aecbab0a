namespace ActorP2P.Benchmarks;

/// <summary>What one process has written into its ledger since it was last read.</summary>
/// <param name="File">The ledger.</param>
/// <param name="Entries">The new lines.</param>
internal sealed record LedgerPart(LedgerFile File, IReadOnlyList<LedgerEntry> Entries);
