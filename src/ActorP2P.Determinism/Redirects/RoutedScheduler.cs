using System.Reflection;
using System.Runtime.CompilerServices;

namespace ActorP2P.Determinism;

/// <summary>
/// Stands in for <see cref="TaskScheduler.Default"/> in the whole process. On the thread of a simulation that wants it, tasks
/// become steps of the world; everywhere else they go to the thread pool as always.
/// </summary>
internal sealed class RoutedScheduler : TaskScheduler
{
    private readonly Action<Task> _queue;
    private readonly Func<Task, bool, bool> _inline;

    private RoutedScheduler(Action<Task> queue, Func<Task, bool, bool> inline)
    {
        _queue = queue;
        _inline = inline;
    }

    /// <summary>Replaces the scheduler; done once in a process, as early as can be.</summary>
    /// <exception cref="PlatformNotSupportedException">A private member is missing; the message names it.</exception>
    public static void Install()
    {
        const BindingFlags Any = BindingFlags.Instance | BindingFlags.NonPublic | BindingFlags.Public;
        if (typeof(TaskScheduler).GetField("s_defaultTaskScheduler", Any | BindingFlags.Static) is null)
        {
            throw new PlatformNotSupportedException("SimulationRedirects.Tasks does not work on this runtime, which lacks "
                + "System.Threading.Tasks.TaskScheduler.s_defaultTaskScheduler.");
        }
        ref TaskScheduler current = ref DefaultScheduler(null);
        Type pool = current.GetType();
        current = new RoutedScheduler(
            pool.GetMethod(nameof(QueueTask), Any)!.CreateDelegate<Action<Task>>(current),
            pool.GetMethod(nameof(TryExecuteTaskInline), Any)!.CreateDelegate<Func<Task, bool, bool>>(current));
        if (Default is not RoutedScheduler)
        {
            throw new PlatformNotSupportedException("SimulationRedirects.Tasks came too late: TaskScheduler.Default is "
                + "already fixed in compiled code.");
        }
    }

    protected override void QueueTask(Task task)
    {
        // A long-running task has a thread of its own by contract; that it leaves the simulation is for others to report.
        bool isLong = (task.CreationOptions & TaskCreationOptions.LongRunning) != 0;
        if (!isLong && Redirects.Applies(SimulationRedirects.Tasks) && Redirects.World is { IsMine: true } world)
        {
            world.PostBare(() => Execute(world, task));
        }
        else
        {
            _queue(task);
        }
    }

    protected override bool TryExecuteTaskInline(Task task, bool taskWasPreviouslyQueued) => taskWasPreviouslyQueued
        ? !Redirects.Applies(SimulationRedirects.Tasks) && _inline(task, true)
        : TryExecuteTask(task);

    protected override IEnumerable<Task>? GetScheduledTasks() => null;

    /// <summary>With the world's own context, so that what the task awaits comes back into the world.</summary>
    private void Execute(SimulatedWorld world, Task task)
    {
        SynchronizationContext? outer = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(world.SynchronizationContext);
        try
        {
            TryExecuteTask(task);
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(outer);
        }
    }

    [UnsafeAccessor(UnsafeAccessorKind.StaticField, Name = "s_defaultTaskScheduler")]
    private static extern ref TaskScheduler DefaultScheduler(TaskScheduler? _);
}
