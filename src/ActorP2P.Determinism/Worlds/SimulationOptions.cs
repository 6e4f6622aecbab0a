namespace ActorP2P.Determinism;

/// <summary>How a <see cref="SimulatedWorld"/> runs.</summary>
public sealed record SimulationOptions
{
    /// <summary>
    /// True: of the actors of a node that have work, one drawn from the seed runs next, for one message. Any order that Akka
    /// allows can happen, and each seed shows another. False: they run in the order in which they got work. The order of
    /// messages between two actors is kept in either case.
    /// </summary>
    public bool Shuffle { get; init; }

    /// <summary>
    /// The least time that anything takes from one node to another, such as the least latency of the network. Zero: the world
    /// is stepped through as a whole on one thread. Above zero, nodes may run on several threads, and what a node completes for
    /// the driving program reaches it so much later.
    /// </summary>
    public TimeSpan LookAhead { get; init; }

    /// <summary>How many threads run the nodes, the caller's among them; more than 1 needs a look-ahead.</summary>
    public int Threads { get; init; } = 1;

    /// <summary>How many steps a node may take without virtual time moving on, before it counts as a livelock.</summary>
    public int MaxTurnsPerInstant { get; init; } = 1_000_000;

    /// <summary>
    /// What is brought into virtual time instead of ending the run. Asking for it changes the process, so that it is not done
    /// unasked.
    /// </summary>
    public SimulationRedirects Redirects { get; init; }

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
