namespace ActorP2P.Determinism;

/// <summary>
/// One life of a node, from its start to its crash. Work that belongs to an ended life is dropped, so nothing of a process that
/// has died acts any more.
/// </summary>
internal sealed class NodeLife
{
    private static readonly SendOrPostCallback s_bareStep = static state => BareStep.Run((Action)state!);

    public NodeLife(SimulatedNode node)
    {
        Node = node;
        Context = new SimulatedContext(this);
        TaskScheduler = new SimulatedTaskScheduler(this);
    }

    public SimulatedNode Node { get; }

    public SimulatedWorld World => Node.World;

    /// <summary>Brings continuations of code outside of actors back to the node.</summary>
    public SynchronizationContext Context { get; }

    /// <summary>The current task scheduler of all that runs on the node.</summary>
    public SimulatedTaskScheduler TaskScheduler { get; }

    public bool IsOver => Node.Life != this;

    /// <summary>True on the thread that may touch the node now.</summary>
    public bool IsMine => World.IsOn(Node);

    public void Enqueue(in ReadyItem item)
    {
        if (!IsOver)
        {
            Node.Enqueue(item);
        }
    }

    /// <summary>
    /// Queues a step that runs with neither a synchronization context nor a task scheduler, so that what it completes goes on
    /// inside of it, unless the one who waits has captured either.
    /// </summary>
    public void EnqueueBare(Action step) => World.Post(this, new ReadyItem(null, s_bareStep, step, WithContext: false));

    /// <summary>Runs a step at once with the node's task scheduler as the current one; on the node's thread.</summary>
    public void Run(Action step)
    {
        Task task = new(step);
        task.RunSynchronously(TaskScheduler);
        task.GetAwaiter().GetResult();
    }

    /// <summary>Queues a continuation.</summary>
    public void Post(SendOrPostCallback callback, object? state, bool withContext) =>
        World.Post(this, new ReadyItem(null, callback, state, withContext));
}
