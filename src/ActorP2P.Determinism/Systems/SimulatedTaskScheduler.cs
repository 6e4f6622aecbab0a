namespace ActorP2P.Determinism;

/// <summary>
/// The current task scheduler of everything that a node runs. Awaits, ContinueWith and Task.Start, in
/// actors and inside Akka, return to the node's queue. A synchronization context could do the same, but
/// it would take precedence over the scheduler by which Akka's ReceiveAsync stays on its actor.
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

    // Only for RunSynchronously, with which a node runs its own work. A continuation is always queued.
    protected override bool TryExecuteTaskInline(Task task, bool taskWasPreviouslyQueued) =>
        !taskWasPreviouslyQueued && _life.IsMine && TryExecuteTask(task);

    protected override IEnumerable<Task>? GetScheduledTasks() => null;
}
