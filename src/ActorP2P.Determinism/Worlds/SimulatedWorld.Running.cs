using System.Diagnostics;

namespace ActorP2P.Determinism;

/// <content>The run loop, and leaks out of the simulation, which end a run.</content>
public sealed partial class SimulatedWorld
{
    private int _depth;
    private TimeSpan _end;
    private Func<bool>? _pause;
    private SimulationLeakException? _leak;
    private SimulationException? _failure;

    private long _steps;
    private int _stepping = DriverNode;

    /// <summary>The steps so far. Any thread may read it, to see whether a step has ended.</summary>
    internal long Steps => Volatile.Read(ref _steps);

    /// <summary>The node whose step runs, or ran last. Any thread may read it.</summary>
    internal int Stepping => Volatile.Read(ref _stepping);

    /// <summary>Whether a run of this world is on the stack, as it is inside a step.</summary>
    internal bool IsRunning => _depth > 0;

    /// <summary>
    /// Whether a run whose condition holds ends even if a node always has work, as with two actors that send a message
    /// back and forth.
    /// </summary>
    internal bool EndsWithoutRest { get; set; }

    /// <summary>Called when the driving program is about to block for a task outside of any run.</summary>
    internal Action? BeforeBlocking { get; set; }

    /// <summary>Whether a run must end although the node still has work.</summary>
    internal bool MustPause => _pause?.Invoke() == true;

    private bool IsEmpty => _main.IsEmpty && Array.TrueForAll(_partitions, static partition => partition.IsEmpty);

    /// <summary>Runs an asynchronous program to its end, in virtual time.</summary>
    /// <param name="program">The program. Everything that it awaits must come from the simulation.</param>
    /// <param name="limit">The virtual time after which it counts as stuck.</param>
    /// <exception cref="SimulationException">It did not end in time, or nothing is left that could end it.</exception>
    /// <exception cref="SimulationLeakException">Something left the simulation.</exception>
    public T Run<T>(Func<Task<T>> program, TimeSpan limit)
    {
        ArgumentNullException.ThrowIfNull(program);
        Task<T>? task = null;
        // The first step of the program is a step of the driver like all others.
        _driver.Life.Post(_ => task = program(), null, withContext: true);
        bool ended = RunLoop(() => task is { IsCompleted: true }, limit, advanceToEnd: false);
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
    /// <exception cref="SimulationLeakException">Something left the simulation.</exception>
    public void Run(Func<Task> program, TimeSpan limit) => Run(
        async () =>
        {
            await program();
            return true;
        },
        limit);

    /// <summary>
    /// Runs until a condition holds; false when the limit came first. The condition is checked
    /// after every step of a node. In a world with a look-ahead it is checked after every window of
    /// that length, when no node is running. In a world without a look-ahead a step may call this
    /// itself. The world then runs inside that step, never past the limit of the outer call.
    /// </summary>
    /// <exception cref="SimulationLeakException">Something left the simulation.</exception>
    public bool RunUntil(Func<bool> condition, TimeSpan limit) => RunLoop(condition, limit, advanceToEnd: true);

    /// <summary>Runs everything that happens within a span, and moves the clock to its end.</summary>
    /// <exception cref="SimulationLeakException">Something left the simulation.</exception>
    public void RunFor(TimeSpan span) => RunLoop(static () => false, span, advanceToEnd: true);

    /// <summary>Runs until no event is planned.</summary>
    /// <param name="limit">
    /// The virtual time after which the run counts as endless, as with a periodic timer; an hour by default.
    /// </param>
    /// <exception cref="SimulationException">Something is still planned at the limit.</exception>
    /// <exception cref="SimulationLeakException">Something left the simulation.</exception>
    public void RunToQuiescence(TimeSpan? limit = null)
    {
        TimeSpan span = limit ?? TimeSpan.FromHours(1);
        RunLoop(static () => false, span, advanceToEnd: false);
        if (!IsEmpty)
        {
            throw new SimulationException($"Events are still planned after {span:c} of virtual time", Seed, Now);
        }
    }

    private bool RunLoop(Func<bool> condition, TimeSpan limit, bool advanceToEnd)
    {
        ArgumentNullException.ThrowIfNull(condition);
        TimeSpan outerEnd = _end;
        Func<bool>? outerPause = _pause;
        TimeSpan end = BeginLoop(limit);
        SurroundingState outer = SurroundingState.Leave(this);
        Ambient? outerLane = Exploring?.Now;
        bool met = false;
        try
        {
            _pause = EndsWithoutRest ? condition : null;
            // Events must not find the task scheduler of a step that makes this call.
            BareStep.Run(() => met = RunSteps(condition, end, advanceToEnd));
            return met;
        }
        finally
        {
            Redirects.Take();
            outer.Restore();
            _end = outerEnd;
            _pause = outerPause;
            EndLoop();
            if (Exploring is { } run)
            {
                run.Return(outerLane!.Value, _depth == 0, waitedInVain: !met);
            }
        }
    }

    private bool RunSteps(Func<bool> condition, TimeSpan end, bool advanceToEnd)
    {
        while (!condition())
        {
            bool stepped = _partitions.Length == 0 ? _main.Step(end.Ticks) : StepWorld(end.Ticks);
            ThrowLeak();
            if (!stepped)
            {
                MoveClocks(advanceToEnd && end > Now ? end : Now);
                return condition();
            }
        }
        return true;
    }

    /// <summary>Sets the end of a loop: its own, or that of the outer loop if it is earlier.</summary>
    private TimeSpan BeginLoop(TimeSpan limit)
    {
        if (Running is not null)
        {
            throw new InvalidOperationException(
                "A world with a look-ahead is running already; await instead of running it inside of a step.");
        }
        if (_depth > 0 && Environment.CurrentManagedThreadId != _thread)
        {
            throw new InvalidOperationException("The simulation is running on another thread.");
        }
        if (_depth == 0)
        {
            Volatile.Write(ref _thread, Environment.CurrentManagedThreadId);
            _threads = _partitions.Length > 1 ? new SimulationThreads(_partitions.Length) : null;
        }
        TimeSpan end = limit < TimeSpan.MaxValue - Now ? Now + limit : TimeSpan.MaxValue;
        _end = _depth > 0 && _end < end ? _end : end;
        _depth++;
        return _end;
    }

    private void EndLoop()
    {
        _depth--;
        if (_depth == 0)
        {
            _threads?.Dispose();
            _threads = null;
        }
    }

    /// <summary>A step of a node begins.</summary>
    internal void CountStep(int nodeKey)
    {
        Volatile.Write(ref _stepping, nodeKey);
        Volatile.Write(ref _steps, _steps + 1);
    }

    /// <summary>Whether something has left the simulation and the run has not ended yet.</summary>
    internal bool HasLeak => Volatile.Read(ref _leak) is not null;

    /// <summary>Whether the run must end after the step: something has left it, or a claim does not hold.</summary>
    internal bool HasFailed => HasLeak || _failure is not null;

    /// <summary>Ends the run, and every run around it, with an exception as soon as the step is over.</summary>
    internal void Fail(SimulationException failure) => _failure ??= failure;

    /// <summary>
    /// Records a leak with the current stack. The run ends after the step. Only the first leak counts.
    /// </summary>
    internal SimulationLeakException ReportLeak(string what)
    {
        SimulationLeakException leak = new(what, new StackTrace(1, fNeedFileInfo: true).ToString(), Seed, Now);
        return LeakDetector.IsOff ? leak : Interlocked.CompareExchange(ref _leak, leak, null) ?? leak;
    }

    /// <summary>Records a leak again that has ended a run inside a step, so that it ends the outer run too.</summary>
    internal void ReportAgain(SimulationLeakException leak) => Interlocked.CompareExchange(ref _leak, leak, null);

    /// <summary>Records that a foreign thread has used the world, and returns the exception to throw on it.</summary>
    internal InvalidOperationException ReportForeign(string what)
    {
        SimulationLeakException leak = ReportLeak($"{what} came from a foreign thread");
        return new InvalidOperationException(
            "A simulation runs on threads of its own and something came from another: a Task.Run, a timer without the "
            + $"simulation's TimeProvider, or an await that left it (seed {Seed}, virtual time {Now:c}).", leak);
    }

    /// <summary>Records that a node has used another node directly, and returns the exception to throw.</summary>
    internal InvalidOperationException ReportTouch(SimulatedNode touched)
    {
        string what = $"node {SimulatedNode.Current?.Key} touches node {touched.Key} directly, which takes no time";
        return new InvalidOperationException(
            $"Between nodes of a simulation with a look-ahead everything is an event, but {what} "
            + $"(seed {Seed}, virtual time {Now:c}).",
            ReportLeak(what));
    }

    private void ThrowLeak()
    {
        if (Interlocked.Exchange(ref _leak, null) is { } leak)
        {
            throw leak;
        }
        if (_failure is { } failure)
        {
            // Runs around this one must end too.
            _failure = _depth > 1 ? failure : null;
            throw failure;
        }
    }
}
