namespace ActorP2P;

/// <summary>What the facade waits for: the node's start, and its end.</summary>
/// <param name="metrics">They end before the node's end is told.</param>
internal sealed class ManagerPromises(NodeMetrics metrics)
{
    // Continuations are the application's, and must not run inside the manager's turn.
    private readonly TaskCompletionSource _started = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _stopped = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task Started => _started.Task;

    public Task Stopped => _stopped.Task;

    /// <summary>Whether the node has stopped while the turn of one of its actors was held up, so that the actor has not ended.</summary>
    public bool IsHeldUp { get; private set; }

    /// <summary>An actor has not ended in time; say it before the stop.</summary>
    public void NoteHeldUp() => IsHeldUp = true;

    public void Start() => _started.TrySetResult();

    /// <summary>Waits until the node has stopped, for whatever reason.</summary>
    public async Task EndAsync()
    {
        try
        {
            await Stopped;
        }
        catch (NodeStoppedException)
        {
            // Told to whoever waits for the node's outcome.
        }
    }

    public void Stop(Exception? fault)
    {
        metrics.End();
        Exception? told = fault is null or NodeStoppedException ? fault : new NodeStoppedException("The node failed.", fault);
        _started.TrySetException(told ?? new NodeStoppedException("The node was stopped before it had started."));
        _ = told is null ? _stopped.TrySetResult() : _stopped.TrySetException(told);
    }
}
