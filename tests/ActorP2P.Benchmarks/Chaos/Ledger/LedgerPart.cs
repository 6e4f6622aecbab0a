namespace ActorP2P.Benchmarks;

/// <summary>What one process has written into its ledger since the last look.</summary>
/// <param name="File">Whose ledger it is.</param>
/// <param name="Entries">The lines.</param>
internal sealed record LedgerPart(LedgerFile File, IReadOnlyList<LedgerEntry> Entries);
