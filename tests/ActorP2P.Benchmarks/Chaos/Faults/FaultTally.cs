namespace ActorP2P.Benchmarks;

/// <summary>How often each kind of fault happened, and what each disturbed.</summary>
internal sealed class FaultTally
{
    private const int KnownRuntimeEnds = 4;

    private readonly Dictionary<ChaosFault, int> _counts = [];
    private readonly List<FaultSpan> _spans = [];

    private int _runtimeEnds;

    /// <summary>What was disturbed, and when.</summary>
    public IReadOnlyList<FaultSpan> Spans => _spans;

    /// <summary>Notes a fault that has happened.</summary>
    public void Count(ChaosFault fault) => _counts[fault] = _counts.GetValueOrDefault(fault) + 1;

    /// <summary>Notes what a fault disturbed.</summary>
    public void Add(FaultSpan span) => _spans.Add(span);

    /// <summary>Notes that the runtime itself has ended a process for want of descriptors.</summary>
    public void CountRuntimeEnd() => _runtimeEnds++;

    /// <summary>
    /// Whether the runtime has ended more processes than it is known to: about one of five that run short.
    /// </summary>
    public bool HasTooManyRuntimeEnds =>
        _runtimeEnds > 1 && _runtimeEnds * KnownRuntimeEnds > _counts.GetValueOrDefault(ChaosFault.Descriptors);

    /// <summary>Kinds that happened less often than they should have, each as a sentence.</summary>
    public IEnumerable<string> Missing(IEnumerable<ChaosFault> kinds, int least) =>
        from kind in kinds
        where _counts.GetValueOrDefault(kind) < least
        select $"{kind} happened {_counts.GetValueOrDefault(kind)} times, and had to at least {least} times";

    /// <inheritdoc/>
    public override string ToString()
    {
        string counts = string.Join(", ", _counts.OrderBy(pair => pair.Key).Select(pair => $"{pair.Key} {pair.Value}"));
        return _runtimeEnds == 0 ? counts : $"{counts}; processes that the runtime ended: {_runtimeEnds}";
    }
}
