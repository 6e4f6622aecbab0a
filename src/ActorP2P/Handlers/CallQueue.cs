namespace ActorP2P;

/// <summary>
/// Calls the application's handlers one after another, outside of every actor: no actor's turn, and so no actor's end,
/// waits for them. The calls run as a work item of the task scheduler that the queue was made on, which is the thread
/// pool, or the simulation. What derives from it keeps the messages; everything it keeps is guarded by
/// <see cref="Guard"/>.
/// </summary>
/// <remarks>Make it in an actor's turn: the scheduler is the one that the turn runs on.</remarks>
/// <param name="running">Told while the queue has work.</param>
internal abstract class CallQueue(RunningHandlers running) : RunningHandler, IThreadPoolWorkItem
{
    // Then other work of the pool has its turn.
    private const int CallsAtOnce = 64;

    private readonly TaskScheduler _scheduler = TaskScheduler.Current;
    private bool _isRunning;

    /// <summary>Guards what waits.</summary>
    protected Lock Guard { get; } = new();

    /// <summary>Whether calls are under way, or about to be; read it under the guard.</summary>
    protected bool IsRunning => _isRunning;

    /// <inheritdoc/>
    void IThreadPoolWorkItem.Execute() => Run();

    /// <summary>Takes the next message and calls its handler. It does not throw.</summary>
    /// <returns>False when there was nothing to call; then it has called <see cref="End"/>.</returns>
    protected abstract bool TryCallNext();

    /// <summary>Notes that there is work; call it under the guard.</summary>
    /// <returns>Whether the caller is to call <see cref="Start"/>, outside of the guard.</returns>
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

    /// <summary>Notes that there is no work left; call it under the guard.</summary>
    protected void End()
    {
        _isRunning = false;
        running.Leave(this);
    }

    /// <summary>Begins to call.</summary>
    protected void Start()
    {
        if (_scheduler == TaskScheduler.Default)
        {
            ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
        }
        else
        {
            _ = Task.Factory.StartNew(
                static queue => ((CallQueue)queue!).Run(), this, CancellationToken.None, TaskCreationOptions.DenyChildAttach, _scheduler);
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
