namespace ActorP2P.Determinism;

/// <summary>How an exploration decides which of the actors with work runs next.</summary>
public sealed record SchedulingStrategy
{
    private SchedulingStrategy(string name, int bound) => (Name, Bound) = (name, bound);

    /// <summary>Each actor with work has the same chance.</summary>
    public static SchedulingStrategy Uniform { get; } = new("uniform", 0);

    /// <summary>
    /// Of the actors with work, one with the least known pair runs: a pair is a type of message, and the type of its
    /// receiver with the type of the message that this one handled before.
    /// </summary>
    public static SchedulingStrategy UnseenPairs { get; } = new("unseen-pairs", 0);

    /// <summary>The name.</summary>
    public string Name { get; }

    /// <summary>How often a run departs from its order; 0 when there is no bound.</summary>
    public int Bound { get; }

    /// <summary>
    /// Each actor has a priority drawn from the seed, and the highest with work runs. So many times in a run, the one
    /// that would run falls below all others (PCT, probabilistic concurrency testing).
    /// </summary>
    /// <param name="changes">How many times, at least 0. A race that needs n messages out of order needs n - 1.</param>
    public static SchedulingStrategy Priorities(int changes)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(changes);
        return new SchedulingStrategy("priorities", changes);
    }

    /// <summary>
    /// First come, first served, but so many times in a run the actor that would run is put behind others.
    /// </summary>
    /// <param name="delays">How many times, at least 1.</param>
    public static SchedulingStrategy Delays(int delays)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(delays, 1);
        return new SchedulingStrategy("delays", delays);
    }

    /// <inheritdoc/>
    public override string ToString() => Bound > 0 ? $"{Name}({Bound})" : Name;

    internal Strategy Make(Random random, int length, SeenPairs earlier) => Name switch
    {
        "uniform" => new UniformStrategy(random),
        "priorities" => new PriorityStrategy(random, Bound, length),
        "delays" => new DelayStrategy(random, Bound, length),
        _ => new UnseenPairsStrategy(random, earlier),
    };
}
