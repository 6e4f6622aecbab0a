namespace ActorP2P.Benchmarks;

/// <summary>How often each kind of fault happened, and what each disturbed.</summary>
internal sealed class FaultTally
{
    private readonly Dictionary<ChaosFault, int> _counts = [];
    private readonly List<FaultSpan> _spans = [];

    /// <summary>What was disturbed, and when.</summary>
    public IReadOnlyList<FaultSpan> Spans => _spans;

    /// <summary>Notes a fault that has happened.</summary>
    public void Count(ChaosFault fault) => _counts[fault] = _counts.GetValueOrDefault(fault) + 1;

    /// <summary>Notes what a fault disturbed.</summary>
    public void Add(FaultSpan span) => _spans.Add(span);

    /// <summary>Kinds that happened less often than they should have, each as a sentence.</summary>
    public IEnumerable<string> Missing(IEnumerable<ChaosFault> kinds, int least) =>
        from kind in kinds
        where _counts.GetValueOrDefault(kind) < least
        select $"{kind} happened {_counts.GetValueOrDefault(kind)} times, and had to at least {least} times";

    /// <inheritdoc/>
    public override string ToString() =>
        string.Join(", ", _counts.OrderBy(pair => pair.Key).Select(pair => $"{pair.Key} {pair.Value}"));
}
