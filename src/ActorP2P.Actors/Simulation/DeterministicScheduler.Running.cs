namespace ActorP2P.Actors;

/// <content>The run loop.</content>
public sealed partial class DeterministicScheduler
{
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
                _events.Count == 0
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

    /// <summary>Runs until a condition holds, looked at after every step of a node; false when the limit came first.</summary>
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
        if (_events.Count > 0)
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
        try
        {
            while (!condition())
            {
                if (!Step(end.Ticks))
                {
                    Now = advanceToEnd && end > Now ? end : Now;
                    return condition();
                }
            }
            return true;
        }
        finally
        {
            _running = false;
            SimulatedNode.Enter(outerNode);
            SynchronizationContext.SetSynchronizationContext(outerContext);
        }
    }

    /// <summary>One node's next batch: all its events of one time, then its turns until it is quiet.</summary>
    private bool Step(long end)
    {
        if (_ready.TryDequeue(out SimulatedNode? ready, out _))
        {
            RunNode(ready);
            return true;
        }
        while (_events.TryPeek(out SimulatedEvent? next, out EventKey key))
        {
            if (next.Cancelled)
            {
                _events.Dequeue();
                _calledOff = Math.Max(0, _calledOff - 1);
                continue;
            }
            if (key.Time > end)
            {
                return false;
            }
            if (key.Time > Now.Ticks)
            {
                Now = new TimeSpan(key.Time);
                _turnsAtThisTime = 0;
            }
            SimulatedNode node = _nodes[key.Destination];
            node.IsQueued = true;
            Inject(node, key);
            RunNode(node);
            return true;
        }
        return false;
    }

    private void Inject(SimulatedNode node, EventKey first)
    {
        SimulatedNode.Enter(node);
        // Without a context, so that a task completed here posts to whatever context its awaiter captured.
        SynchronizationContext.SetSynchronizationContext(null);
        while (_events.TryPeek(out SimulatedEvent? next, out EventKey key) && key.SameBatch(first))
        {
            _events.Dequeue();
            CountTurn(null);
            if (!next.Cancelled)
            {
                next.Run();
            }
        }
    }

    private void RunNode(SimulatedNode node)
    {
        SimulatedNode.Enter(node);
        try
        {
            while (node.IsReady)
            {
                RunItem(node, node.Take());
            }
        }
        finally
        {
            node.IsQueued = false;
        }
    }

    private void RunItem(SimulatedNode node, ReadyItem item)
    {
        CountTurn(item.Mailbox);
        SynchronizationContext.SetSynchronizationContext(node.Context);
        if (item.Mailbox is not null)
        {
            item.Mailbox.Execute();
        }
        else
        {
            item.Callback!(item.State);
        }
    }

    private void CountTurn(Mailbox? mailbox)
    {
        if (++_turnsAtThisTime > MaxTurnsPerInstant)
        {
            string who = mailbox is null ? "continuations" : mailbox.Cell.Self.Path.ToString();
            throw new SimulationException(
                $"Livelock: {MaxTurnsPerInstant} steps without virtual time moving on, the last of {who}", Seed, Now);
        }
    }
}
