namespace ActorP2P.Actors;

/// <content>The run loop.</content>
public sealed partial class DeterministicScheduler
{
    private bool IsEmpty => _main.IsEmpty && Array.TrueForAll(_partitions, static partition => partition.IsEmpty);

    /// <summary>Runs an asynchronous program to its end, in virtual time.</summary>
    /// <param name="program">The program; whatever it awaits must come from the simulation.</param>
    /// <param name="limit">Virtual time after which it counts as stuck.</param>
    /// <exception cref="SimulationException">It did not end in time, or nothing is left that could end it.</exception>
    public T Run<T>(Func<Task<T>> program, TimeSpan limit)
    {
        ArgumentNullException.ThrowIfNull(program);
        Task<T>? task = null;
        // The first step of the program is a step of the driver like all others.
        _driver.Enqueue(_ => task = program(), null);
        bool ended = RunLoop(() => task is { IsCompleted: true }, Now + limit, advanceToEnd: false);
        if (!ended)
        {
            throw new SimulationException(
                IsEmpty
                    ? "The program waits for something that will never happen: no event is left"
                    : $"The program did not end within {limit:c} of virtual time",
                Seed,
                Now);
        }
        return task!.GetAwaiter().GetResult();
    }

    /// <summary>Runs an asynchronous program to its end, in virtual time.</summary>
    /// <exception cref="SimulationException">It did not end in time, or nothing is left that could end it.</exception>
    public void Run(Func<Task> program, TimeSpan limit) => Run(
        async () =>
        {
            await program();
            return true;
        },
        limit);

    /// <summary>
    /// Runs until a condition holds, looked at after every step of a node, or in a world with a look-ahead after every window
    /// of that length, when no node is at work; false when the limit came first.
    /// </summary>
    public bool RunUntil(Func<bool> condition, TimeSpan limit) => RunLoop(condition, Now + limit, advanceToEnd: true);

    /// <summary>Runs everything that happens within a span, and moves the clock to its end.</summary>
    public void RunFor(TimeSpan span) => RunLoop(static () => false, Now + span, advanceToEnd: true);

    /// <summary>Runs until nothing is planned any more.</summary>
    /// <param name="limit">Virtual time after which it counts as endless, such as with a periodic timer; an hour by default.</param>
    /// <exception cref="SimulationException">Something is still planned at the limit.</exception>
    public void RunToQuiescence(TimeSpan? limit = null)
    {
        TimeSpan span = limit ?? TimeSpan.FromHours(1);
        RunLoop(static () => false, Now + span, advanceToEnd: false);
        if (!IsEmpty)
        {
            throw new SimulationException($"Events are still planned after {span:c} of virtual time", Seed, Now);
        }
    }

    private bool RunLoop(Func<bool> condition, TimeSpan end, bool advanceToEnd)
    {
        if (_running)
        {
            throw new InvalidOperationException("The simulation is running already; await instead of running it again.");
        }
        SynchronizationContext? outerContext = SynchronizationContext.Current;
        SimulatedNode? outerNode = SimulatedNode.Enter(null);
        _running = true;
        _thread = Environment.CurrentManagedThreadId;
        _threads = _partitions.Length > 1 ? new SimulationThreads(_partitions.Length) : null;
        try
        {
            while (!condition())
            {
                if (!(_partitions.Length == 0 ? _main.Step(end.Ticks) : StepWorld(end.Ticks)))
                {
                    MoveClocks(advanceToEnd && end > Now ? end : Now);
                    return condition();
                }
            }
            return true;
        }
        finally
        {
            _threads?.Dispose();
            _threads = null;
            _running = false;
            SimulatedNode.Enter(outerNode);
            SynchronizationContext.SetSynchronizationContext(outerContext);
        }
    }
}
