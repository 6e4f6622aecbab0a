using System.Runtime.CompilerServices;
using Akka.Actor;
using Akka.Dispatch;

namespace ActorP2P.Determinism;

/// <summary>Ties the parts of one actor system, which Akka makes by reflection, to a life of a simulated node.</summary>
internal sealed class SystemBinding(NodeLife life, TimeProvider time)
{
    // By scheduler: a dispatcher may be made long after its system, and knows no other part of it that is there by then.
    private static readonly ConditionalWeakTable<IScheduler, SystemBinding> s_bindings = [];

    [ThreadStatic]
    private static SystemBinding? t_creating;

    /// <summary>The binding of the system that is being created on this thread.</summary>
    /// <exception cref="InvalidOperationException">None is.</exception>
    public static SystemBinding Creating => t_creating ?? throw new InvalidOperationException(
        $"A simulated system is created by {nameof(SimulatedSystem)}.{nameof(SimulatedSystem.Create)}.");

    /// <summary>The binding of a system, by its scheduler; null for a system of real time.</summary>
    public static SystemBinding? Of(IScheduler scheduler) =>
        s_bindings.TryGetValue(scheduler, out SystemBinding? binding) ? binding : null;

    /// <summary>The binding of the system that a dispatcher is made for.</summary>
    /// <exception cref="InvalidOperationException">The system is not a simulated one.</exception>
    public static SystemBinding Of(IDispatcherPrerequisites prerequisites) => Of(prerequisites.Scheduler) ?? Creating;

    public NodeLife Life => life;

    public SimulatedWorld World => life.World;

    /// <summary>The clock of the system.</summary>
    public TimeProvider Time => time;

    public bool IsMine => life.IsMine;

    public static SystemBinding? Enter(SystemBinding? binding)
    {
        SystemBinding? outer = t_creating;
        t_creating = binding;
        return outer;
    }

    /// <summary>Ties a scheduler to the system that it belongs to.</summary>
    public void Bind(IScheduler scheduler) => s_bindings.AddOrUpdate(scheduler, this);

    public void Enqueue(IRunnable run) => life.Enqueue(new ReadyItem(run, null, null, WithContext: false));

    /// <summary>Plans a callback on the system's clock; disposing the result calls it off.</summary>
    public IDisposable Plan(TimeSpan due, Action callback) =>
        time.CreateTimer(static state => ((Action)state!)(), callback, due, Timeout.InfiniteTimeSpan);

    /// <summary>
    /// Adds a message to the trace. One from a foreign thread, or from another node's work, fails the run and must be dropped:
    /// Akka would log an exception, by a message to the logger that comes from the foreign thread too.
    /// </summary>
    /// <returns>False for a message to drop.</returns>
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

    /// <summary>Says whether this may come here; what a foreign thread brings fails the run and is to be dropped.</summary>
    /// <exception cref="InvalidOperationException">It comes from another node's work, which fails the run too.</exception>
    public bool Admits(string what) => World.Admits(life.Node, what);

    private void ReportForeign(string what) =>
        _ = SimulatedPartition.Running?.World == World ? World.ReportTouch(life.Node) : World.ReportForeign(what);
}
