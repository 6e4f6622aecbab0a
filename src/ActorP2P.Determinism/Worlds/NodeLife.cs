namespace ActorP2P.Determinism;

/// <summary>
/// One life of a node, from its start to its crash. Work that belongs to an ended life is dropped, so that a process
/// that has died does nothing more.
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

    /// <summary>Returns continuations of code outside of actors to the node.</summary>
    public SynchronizationContext Context { get; }

    /// <summary>The current task scheduler of everything that runs on the node.</summary>
    public SimulatedTaskScheduler TaskScheduler { get; }

    public bool IsOver => Node.Life != this;

    /// <summary>Whether this thread may use the node now.</summary>
    public bool IsMine => World.IsOn(Node);

    public void Enqueue(in ReadyItem item)
    {
        if (!IsOver)
        {
            Node.Enqueue(item);
        }
    }

    /// <summary>
    /// Queues a step that runs without a synchronization context and a task scheduler. Continuations
    /// of what it completes run inside the step, unless they have captured one of the two.
    /// </summary>
    public void EnqueueBare(Action step) => World.Post(this, new ReadyItem(null, s_bareStep, step, WithContext: false));

    /// <summary>Runs a step at once, on the node's thread, with the node's task scheduler as the current one.</summary>
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
