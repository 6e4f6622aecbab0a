namespace ActorP2P;

/// <summary>The promises that the facade waits for: the node's start and its end.</summary>
/// <param name="metrics">The node's metrics; they end before the node's end is reported.</param>
internal sealed class ManagerPromises(NodeMetrics metrics)
{
    // Continuations belong to the application and must not run inside the manager's turn.
    private readonly TaskCompletionSource _started = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _stopped = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task Started => _started.Task;

    public Task Stopped => _stopped.Task;

    /// <summary>Completes when the node has stopped and its store has what it can take.</summary>
    public Task StoreEnded { get; private set; } = Task.CompletedTask;

    /// <summary>
    /// Whether the node has stopped although one of its actors was blocked in its turn and has not ended.
    /// </summary>
    public bool IsHeldUp { get; private set; }

    /// <summary>Records that an actor has not ended in time. Call it before the stop.</summary>
    public void NoteHeldUp() => IsHeldUp = true;

    /// <summary>Ends the store after the node, however the node ends.</summary>
    /// <param name="store">The store; null: there is none.</param>
    public void EndStoreAfter(StoreWriter? store) => StoreEnded = store is null ? Task.CompletedTask : EndAsync(store);

    public void Start() => _started.TrySetResult();

    /// <summary>Waits until the node has stopped. It does not throw the reason.</summary>
    public async Task EndAsync()
    {
        try
        {
            await Stopped;
        }
        catch (NodeStoppedException)
        {
            // The callers who wait for the node's outcome get it.
        }
    }

    public void Stop(Exception? fault)
    {
        metrics.End();
        Exception? told = fault is null or NodeStoppedException
            ? fault
            : new NodeStoppedException("The node failed.", fault);
        _started.TrySetException(told ?? new NodeStoppedException("The node was stopped before it had started."));
        _ = told is null ? _stopped.TrySetResult() : _stopped.TrySetException(told);
    }

    private async Task EndAsync(StoreWriter store)
    {
        await EndAsync();
        await store.EndAsync();
    }
}
