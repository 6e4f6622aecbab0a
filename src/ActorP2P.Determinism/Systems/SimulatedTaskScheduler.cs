namespace ActorP2P.Determinism;

/// <summary>
/// The current task scheduler of all that a node runs: awaits, ContinueWith and Task.Start, in actors and inside of Akka, come
/// back to the node's queue. A synchronization context would do the same but would win over the scheduler by which Akka's
/// ReceiveAsync keeps its actor.
/// </summary>
internal sealed class SimulatedTaskScheduler : TaskScheduler
{
    private readonly NodeLife _life;
    private readonly SendOrPostCallback _execute;

    public SimulatedTaskScheduler(NodeLife life)
    {
        _life = life;
        _execute = state => TryExecuteTask((Task)state!);
    }

    public override int MaximumConcurrencyLevel => 1;

    public NodeLife Life => _life;

    protected override void QueueTask(Task task) => _life.Post(_execute, task, withContext: false);

    // Only for RunSynchronously, by which a node runs its own work; a continuation always takes its place in the queue.
    protected override bool TryExecuteTaskInline(Task task, bool taskWasPreviouslyQueued) =>
        !taskWasPreviouslyQueued && _life.IsMine && TryExecuteTask(task);

    protected override IEnumerable<Task>? GetScheduledTasks() => null;
}
