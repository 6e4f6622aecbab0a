namespace ActorP2P;

/// <summary>
/// Calls the application's handlers one after another, outside of all actors, so that no actor's turn, and no actor's
/// end, waits for them. The calls run as a work item of the task scheduler on which the queue was made: the thread
/// pool or a simulation. A derived class stores the messages and guards all its state by <see cref="Guard"/>.
/// </summary>
/// <remarks>Make the queue in an actor's turn, because it uses the scheduler of that turn.</remarks>
/// <param name="running">Records whether the queue has work.</param>
internal abstract class CallQueue(RunningHandlers running) : RunningHandler, IThreadPoolWorkItem
{
    // Calls made before other work of the pool gets its turn.
    private const int CallsAtOnce = 64;

    private readonly TaskScheduler _scheduler = TaskScheduler.Current;
    private bool _isRunning;

    /// <summary>Guards the waiting messages.</summary>
    protected Lock Guard { get; } = new();

    /// <summary>Whether calls are running or scheduled. Read it under the guard.</summary>
    protected bool IsRunning => _isRunning;

    /// <inheritdoc/>
    void IThreadPoolWorkItem.Execute() => Run();

    /// <summary>Takes the next message and calls its handler. It must not throw.</summary>
    /// <returns>False when there was no message; it has then called <see cref="End"/>.</returns>
    protected abstract bool TryCallNext();

    /// <summary>Records that there is work. Call it under the guard.</summary>
    /// <returns>Whether the caller must call <see cref="Start"/>, outside of the guard.</returns>
    protected bool TryBegin()
    {
        if (_isRunning)
        {
            return false;
        }

        _isRunning = true;
        running.Enter(this);
        return true;
    }

    /// <summary>Records that there is no work left. Call it under the guard.</summary>
    protected void End()
    {
        _isRunning = false;
        running.Leave(this);
    }

    /// <summary>Schedules the calls.</summary>
    protected void Start()
    {
        if (_scheduler == TaskScheduler.Default)
        {
            ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
        }
        else
        {
            _ = Task.Factory.StartNew(
                static queue => ((CallQueue)queue!).Run(), this, CancellationToken.None,
                TaskCreationOptions.DenyChildAttach, _scheduler);
        }
    }

    private void Run()
    {
        for (int calls = 0; calls < CallsAtOnce; calls++)
        {
            if (!TryCallNext())
            {
                return;
            }
        }

        Start();
    }
}
