namespace ActorP2P.Benchmarks;

/// <summary>Counts the faults of each kind and records what each of them disturbed.</summary>
internal sealed class FaultTally
{
    private const int KnownRuntimeEnds = 4;

    private readonly Dictionary<ChaosFault, int> _counts = [];
    private readonly List<FaultSpan> _spans = [];

    private int _runtimeEnds;

    /// <summary>The periods in which nodes were disturbed.</summary>
    public IReadOnlyList<FaultSpan> Spans => _spans;

    /// <summary>Counts a fault that has happened.</summary>
    public void Count(ChaosFault fault) => _counts[fault] = _counts.GetValueOrDefault(fault) + 1;

    /// <summary>Records what a fault disturbed.</summary>
    public void Add(FaultSpan span) => _spans.Add(span);

    /// <summary>Counts a process that the runtime itself has ended because no descriptor was left.</summary>
    public void CountRuntimeEnd() => _runtimeEnds++;

    /// <summary>
    /// Whether the runtime has ended more processes than expected. About one in five of those that run short of
    /// descriptors is normal.
    /// </summary>
    public bool HasTooManyRuntimeEnds =>
        _runtimeEnds > 1 && _runtimeEnds * KnownRuntimeEnds > _counts.GetValueOrDefault(ChaosFault.Descriptors);

    /// <summary>A sentence for each kind of fault that happened less often than required.</summary>
    public IEnumerable<string> Missing(IEnumerable<ChaosFault> kinds, int least) =>
        from kind in kinds
        where _counts.GetValueOrDefault(kind) < least
        select $"{kind} happened {_counts.GetValueOrDefault(kind)} times; at least {least} times are required";

    /// <inheritdoc/>
    public override string ToString()
    {
        string counts = string.Join(", ", _counts.OrderBy(pair => pair.Key).Select(pair => $"{pair.Key} {pair.Value}"));
        return _runtimeEnds == 0 ? counts : $"{counts}; processes that the runtime ended: {_runtimeEnds}";
    }
}
