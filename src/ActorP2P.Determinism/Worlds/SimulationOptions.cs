namespace ActorP2P.Determinism;

/// <summary>The options of a <see cref="SimulatedWorld"/>.</summary>
public sealed record SimulationOptions
{
    /// <summary>
    /// Whether to shuffle. With true, an actor of the node that has work is drawn by the seed, runs for one message,
    /// and so on; any order that Akka allows can happen, and each seed gives another one. With false, actors run in
    /// the order in which they got work. In both cases the order of messages between two actors is kept.
    /// </summary>
    public bool Shuffle { get; init; }

    /// <summary>
    /// The least time that anything takes from one node to another, such as the least latency of the
    /// network. With zero, the world runs as a whole on one thread. Above zero, nodes may run on several
    /// threads, and what a node completes for the driving program reaches it later by this time.
    /// </summary>
    public TimeSpan LookAhead { get; init; }

    /// <summary>
    /// The number of threads that run the nodes, including the caller's. More than 1 needs a look-ahead.
    /// </summary>
    public int Threads { get; init; } = 1;

    /// <summary>The steps that a node may take while virtual time does not move; more count as a livelock.</summary>
    public int MaxTurnsPerInstant { get; init; } = 1_000_000;

    /// <summary>
    /// The calls to the runtime that are moved into virtual time instead of ending the run. A redirect changes the
    /// process, so none is installed unless it is asked for.
    /// </summary>
    public SimulationRedirects Redirects { get; init; }

    /// <summary>The run of an exploration that decides the order; null outside of one.</summary>
    internal ScheduleRun? Run { get; init; }

    internal SimulationOptions Validated()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(LookAhead, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfLessThan(Threads, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxTurnsPerInstant, 1);
        if (Threads > 1 && LookAhead == TimeSpan.Zero)
        {
            throw new ArgumentException(
                "A world on several threads needs a look-ahead: the least time that anything takes between two nodes.",
                nameof(LookAhead));
        }
        return this;
    }
}
