using System.Runtime.CompilerServices;
using Akka.Actor;
using Akka.Dispatch;

namespace ActorP2P.Determinism;

/// <summary>
/// Connects the parts of one actor system, which Akka makes by reflection, with a life of a simulated node.
/// </summary>
internal sealed class SystemBinding(NodeLife life, TimeProvider time)
{
    // By scheduler: a dispatcher may be made long after its system, and the scheduler is the only part that it knows.
    private static readonly ConditionalWeakTable<IScheduler, SystemBinding> s_bindings = [];

    [ThreadStatic]
    private static SystemBinding? t_creating;

    /// <summary>The binding of the system that is being created on this thread.</summary>
    /// <exception cref="InvalidOperationException">No system is being created.</exception>
    public static SystemBinding Creating => t_creating ?? throw new InvalidOperationException(
        $"A simulated system is created by {nameof(SimulatedSystem)}.{nameof(SimulatedSystem.Create)}.");

    /// <summary>The binding of a system, by its scheduler; null for a system in real time.</summary>
    public static SystemBinding? Of(IScheduler scheduler) =>
        s_bindings.TryGetValue(scheduler, out SystemBinding? binding) ? binding : null;

    /// <summary>The binding of the system for which a dispatcher is made.</summary>
    /// <exception cref="InvalidOperationException">The system is not a simulated one.</exception>
    public static SystemBinding Of(IDispatcherPrerequisites prerequisites) => Of(prerequisites.Scheduler) ?? Creating;

    public NodeLife Life => life;

    public SimulatedWorld World => life.World;

    /// <summary>The run of an exploration that decides the order; null outside of one.</summary>
    public ScheduleRun? Exploring => life.World.Exploring;

    /// <summary>The clock of the system.</summary>
    public TimeProvider Time => time;

    public bool IsMine => life.IsMine;

    public static SystemBinding? Enter(SystemBinding? binding)
    {
        SystemBinding? outer = t_creating;
        t_creating = binding;
        return outer;
    }

    /// <summary>Connects a scheduler with this binding.</summary>
    public void Bind(IScheduler scheduler) => s_bindings.AddOrUpdate(scheduler, this);

    public void Enqueue(IRunnable run) => life.Enqueue(new ReadyItem(run, null, null, WithContext: false));

    /// <summary>Plans a callback on the system's clock. Disposing the result cancels it.</summary>
    public IDisposable Plan(TimeSpan due, Action callback) =>
        time.CreateTimer(static state => ((Action)state!)(), callback, due, Timeout.InfiniteTimeSpan);

    /// <summary>
    /// Adds a message to the trace. A message from a foreign thread, or from another node's work, fails the run and
    /// must be dropped. Throwing an exception would not be enough: Akka would log it with another message from the
    /// foreign thread.
    /// </summary>
    /// <returns>False when the message must be dropped.</returns>
    public bool Trace(ActorCell cell, object message)
    {
        if (!life.IsMine)
        {
            ReportForeign($"{message.GetType().Name} to {cell.Self.Path}");
            return false;
        }
        if (!life.IsOver)
        {
            life.Node.Trace(cell, message);
        }
        return true;
    }

    /// <summary>
    /// Checks that the current thread may act on this node. On a foreign thread it fails the run and returns false.
    /// </summary>
    /// <exception cref="InvalidOperationException">
    /// The work of another node acts on this one, which also fails the run.
    /// </exception>
    public bool Admits(string what) => World.Admits(life.Node, what);

    private void ReportForeign(string what) =>
        _ = SimulatedPartition.Running?.World == World ? World.ReportTouch(life.Node) : World.ReportForeign(what);
}
