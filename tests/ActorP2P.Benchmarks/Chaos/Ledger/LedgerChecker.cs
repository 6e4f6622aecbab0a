namespace ActorP2P.Benchmarks;

/// <summary>
/// Compares the ledgers of all processes. Every promise must end exactly once, with a typed outcome and in time. Unless
/// a fault disturbed it, an answer must reach its asker. No message may arrive twice, and none that nobody sent.
/// </summary>
/// <param name="longest">
/// The longest time in milliseconds that a promise may take in a process that is not suspended.
/// </param>
internal sealed class LedgerChecker(long longest)
{
    // The time that an answer needs to travel, with a reserve for a busy machine.
    private const long Travel = 3_000;

    private readonly HashSet<ulong> _said = [];

    /// <summary>The number of promises that were checked.</summary>
    public int Promises { get; private set; }

    /// <summary>The number of messages of which both the sending and the arrival were checked.</summary>
    public int Messages { get; private set; }

    /// <summary>Checks what the processes have written since the last call.</summary>
    /// <param name="ledgers">What each process has written.</param>
    /// <param name="spans">The periods in which faults disturbed nodes.</param>
    /// <param name="allEnded">Whether every promise must have ended by now, except those of killed processes.</param>
    /// <returns>A sentence for each defect.</returns>
    public List<string> Check(
        IReadOnlyList<LedgerPart> ledgers, IReadOnlyList<FaultSpan> spans, bool allEnded = true)
    {
        List<string> wrong = [];
        Dictionary<ulong, LedgerEntry> served = [];
        foreach (LedgerEntry entry in ledgers.SelectMany(ledger => ledger.Entries))
        {
            if (entry.IsBeginning)
            {
                _said.Add(entry.Id);
            }
            else if (entry.Kind == LedgerEntryKind.Served)
            {
                served.TryAdd(entry.Id, entry);
            }
        }

        foreach ((LedgerFile file, IReadOnlyList<LedgerEntry> entries) in ledgers)
        {
            CheckPromises(file, entries, served, spans, allEnded, wrong);
            CheckHeard(file, entries, allEnded, wrong);
        }

        return wrong;
    }

    private void CheckPromises(
        LedgerFile file, IReadOnlyList<LedgerEntry> entries, Dictionary<ulong, LedgerEntry> served,
        IReadOnlyList<FaultSpan> spans, bool allEnded, List<string> wrong)
    {
        ILookup<ulong, LedgerEntry> ends = entries
            .Where(entry => entry.Kind == LedgerEntryKind.End).ToLookup(entry => entry.Id);
        foreach (LedgerEntry begun in entries.Where(entry => entry.IsBeginning))
        {
            Promises++;
            LedgerEntry[] end = [.. ends[begun.Id]];
            if (end.Length == 0)
            {
                if (allEnded && !file.WasKilled)
                {
                    wrong.Add($"{Name(file)}: {begun.Kind} {begun.Id:x16} to {begun.Detail} has not ended");
                }

                continue;
            }

            if (end.Length > 1)
            {
                wrong.Add($"{Name(file)}: {begun.Kind} {begun.Id:x16} has ended {end.Length} times");
            }

            CheckEnd(file, begun, end[0], spans, wrong);
            if (begun.Kind == LedgerEntryKind.Ask && end[0].Detail == "TimedOut"
                && served.TryGetValue(begun.Id, out LedgerEntry? answer))
            {
                CheckLoss(file, begun, end[0], answer, spans, wrong);
            }
        }

        wrong.AddRange(entries.Where(entry => entry.Kind == LedgerEntryKind.Fault)
            .Select(entry => $"{Name(file)} logged an error: {entry.Detail}"));
    }

    private void CheckEnd(
        LedgerFile file, LedgerEntry begun, LedgerEntry end, IReadOnlyList<FaultSpan> spans, List<string> wrong)
    {
        if (end.Detail.StartsWith("UNTYPED", StringComparison.Ordinal))
        {
            wrong.Add($"{Name(file)}: {begun.Kind} {begun.Id:x16} ended without a type: {end.Detail}");
        }

        long suspended = spans.Where(span => span.Fault == ChaosFault.Suspend && span.Node == file.Node)
            .Sum(span => span.Overlap(begun.Time, end.Time));
        long took = end.Time - begun.Time - suspended;
        if (took > longest)
        {
            wrong.Add($"{Name(file)}: {begun.Kind} {begun.Id:x16} took {took} ms, at most {longest} are allowed");
        }
    }

    /// <summary>Finds requests that were answered in good time although the asker did not get the answer.</summary>
    private static void CheckLoss(
        LedgerFile file, LedgerEntry begun, LedgerEntry end, LedgerEntry answer, IReadOnlyList<FaultSpan> spans,
        List<string> wrong)
    {
        bool disturbed = spans.Any(span => (span.Node == file.Node || $"{span.Node}" == begun.Detail)
            && span.Overlap(begun.Time - Travel, end.Time) > 0);
        if (!disturbed && answer.Time < end.Time - Travel)
        {
            wrong.Add($"{Name(file)}: the answer to ask {begun.Id:x16} of node {begun.Detail} is lost: "
                + $"given {end.Time - answer.Time} ms before the asker gave up");
        }
    }

    private void CheckHeard(LedgerFile file, IReadOnlyList<LedgerEntry> entries, bool allEnded, List<string> wrong)
    {
        IEnumerable<LedgerEntry> heard = entries.Where(
            entry => entry.Kind is LedgerEntryKind.Heard or LedgerEntryKind.News or LedgerEntryKind.Served);
        foreach (var same in heard.GroupBy(entry => (entry.Kind, entry.Id)))
        {
            Messages++;
            if (same.Count() > 1)
            {
                wrong.Add($"{Name(file)}: {same.Key.Kind} {same.Key.Id:x16} came {same.Count()} times");
            }

            // During traffic a ledger may contain an arrival whose sending another process wrote after its ledger was
            // read.
            if (allEnded && !_said.Contains(same.Key.Id))
            {
                wrong.Add($"{Name(file)}: {same.Key.Kind} {same.Key.Id:x16} was never sent");
            }
        }
    }

    private static string Name(LedgerFile file) => $"node {file.Node}.{file.Incarnation}";
}
