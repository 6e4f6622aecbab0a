namespace ActorP2P.Determinism;

/// <summary>
/// A run that has been played. Of one that did not fail only its sums are kept: a thousand worlds would keep the
/// garbage collector busy.
/// </summary>
internal sealed record Played
{
    private readonly ScheduleRun? _run;

    /// <param name="index">The number of its schedule; the plain order is 0.</param>
    /// <param name="run">The run.</param>
    /// <param name="failure">What it failed with; null when it did not fail.</param>
    public Played(int index, ScheduleRun run, Exception? failure)
    {
        Index = index;
        Failure = failure;
        Cause = failure is null ? null : FailureCause.Of(failure);
        Hash = run.World?.TraceHash ?? 0;
        Steps = run.Steps;
        Claims = run.Claims;
        Seen = run.Seen;
        Actors = [.. run.Lanes.Select(static lane => lane.ActorType).OfType<Type>().Distinct()];
        _run = failure is null ? null : run;
    }

    /// <summary>The number of its schedule; the plain order is 0.</summary>
    public int Index { get; init; }

    /// <summary>What it failed with; null when it did not fail.</summary>
    public Exception? Failure { get; }

    /// <summary>The cause of the failure; null when it did not fail.</summary>
    public FailureCause? Cause { get; }

    /// <summary>The hash of all that happened.</summary>
    public ulong Hash { get; }

    /// <summary>How many turns were taken.</summary>
    public int Steps { get; }

    /// <summary>How often claims were reached.</summary>
    public ClaimTally Claims { get; }

    /// <summary>The pairs of types that it has seen, if its strategy looks for them.</summary>
    public SeenPairs? Seen { get; }

    /// <summary>The types of the actors that took part.</summary>
    public IReadOnlyList<Type> Actors { get; }

    /// <summary>The run of a failure.</summary>
    /// <exception cref="InvalidOperationException">It did not fail.</exception>
    public ScheduleRun Run => _run ?? throw new InvalidOperationException("Only the run of a failure is kept.");
}
