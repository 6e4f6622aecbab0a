using Akka.Actor;
using Akka.Dispatch;

namespace ActorP2P.Determinism;

/// <summary>Ties the parts of one actor system, which Akka makes by reflection, to a life of a simulated node.</summary>
internal sealed class SystemBinding(NodeLife life, TimeProvider time)
{
    [ThreadStatic]
    private static SystemBinding? t_creating;

    /// <summary>The binding of the system that is being created on this thread.</summary>
    /// <exception cref="InvalidOperationException">None is.</exception>
    public static SystemBinding Creating => t_creating ?? throw new InvalidOperationException(
        $"A simulated system is created by {nameof(SimulatedSystem)}.{nameof(SimulatedSystem.Create)}.");

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

    public void Enqueue(IRunnable run) => life.Enqueue(new ReadyItem(run, null, null, WithContext: false));

    /// <summary>Plans a callback on the system's clock; disposing the result calls it off.</summary>
    public IDisposable Plan(TimeSpan due, Action callback) =>
        time.CreateTimer(static state => ((Action)state!)(), callback, due, Timeout.InfiniteTimeSpan);

    /// <summary>Adds a message to the trace; one from a foreign thread fails the run, and is refused.</summary>
    /// <exception cref="InvalidOperationException">It comes from a foreign thread, or from another node's work.</exception>
    public void Trace(ActorCell cell, object message)
    {
        if (!life.IsMine)
        {
            RefuseForeign($"{message.GetType().Name} to {cell.Self.Path}");
        }
        if (!life.IsOver)
        {
            life.Node.Trace(cell, message);
        }
    }

    /// <summary>Refuses what comes from a foreign thread, or from another node's work.</summary>
    /// <exception cref="InvalidOperationException">Always, unless the node may be touched here.</exception>
    public void RefuseForeign(string what)
    {
        if (!life.IsMine)
        {
            throw SimulatedPartition.Running?.World == World ? World.ReportTouch(life.Node) : World.ReportForeign(what);
        }
    }
}
