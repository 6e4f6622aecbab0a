using System.Diagnostics;

namespace ActorP2P.Determinism;

/// <content>Leaks out of the simulation, and how they end a run.</content>
public sealed partial class SimulatedWorld
{
    private SimulationLeakException? _leak;

    /// <summary>Whether something has left the simulation and the run has not ended yet.</summary>
    internal bool HasLeak => Volatile.Read(ref _leak) is not null;

    /// <summary>
    /// Records a leak with the current stack. The run ends after the step. Only the first leak counts.
    /// </summary>
    internal SimulationLeakException ReportLeak(string what)
    {
        SimulationLeakException leak = new(what, new StackTrace(1, fNeedFileInfo: true).ToString(), Seed, Now);
        return LeakDetector.IsOff ? leak : Interlocked.CompareExchange(ref _leak, leak, null) ?? leak;
    }

    /// <summary>Records a leak again that has ended a run inside a step, so that it ends the outer run too.</summary>
    internal void ReportAgain(SimulationLeakException leak) => Interlocked.CompareExchange(ref _leak, leak, null);

    /// <summary>Records that a foreign thread has used the world, and returns the exception to throw on it.</summary>
    internal InvalidOperationException ReportForeign(string what)
    {
        SimulationLeakException leak = ReportLeak($"{what} came from a foreign thread");
        return new InvalidOperationException(
            "A simulation runs on threads of its own and something came from another: a Task.Run, a timer without the "
            + $"simulation's TimeProvider, or an await that left it (seed {Seed}, virtual time {Now:c}).", leak);
    }

    /// <summary>Records that a node has used another node directly, and returns the exception to throw.</summary>
    internal InvalidOperationException ReportTouch(SimulatedNode touched)
    {
        string what = $"node {SimulatedNode.Current?.Key} touches node {touched.Key} directly, which takes no time";
        return new InvalidOperationException(
            $"Between nodes of a simulation with a look-ahead everything is an event, but {what} "
            + $"(seed {Seed}, virtual time {Now:c}).",
            ReportLeak(what));
    }

    private void ThrowLeak()
    {
        if (Interlocked.Exchange(ref _leak, null) is { } leak)
        {
            throw leak;
        }
    }
}
