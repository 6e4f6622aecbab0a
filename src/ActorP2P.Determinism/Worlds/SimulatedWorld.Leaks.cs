using System.Diagnostics;

namespace ActorP2P.Determinism;

/// <content>What has left the simulation, and how a run ends by it.</content>
public sealed partial class SimulatedWorld
{
    private SimulationLeakException? _leak;

    /// <summary>True when something has left the simulation and the run has not yet ended by it.</summary>
    internal bool HasLeak => Volatile.Read(ref _leak) is not null;

    /// <summary>Notes what has left the simulation, with the stack at hand; the run ends after the step. The first counts.</summary>
    internal SimulationLeakException ReportLeak(string what)
    {
        SimulationLeakException leak = new(what, new StackTrace(1, fNeedFileInfo: true).ToString(), Seed, Now);
        return LeakDetector.IsOff ? leak : Interlocked.CompareExchange(ref _leak, leak, null) ?? leak;
    }

    /// <summary>Notes a leak once more that has ended a run inside of a step, so that it ends the run outside too.</summary>
    internal void ReportAgain(SimulationLeakException leak) => Interlocked.CompareExchange(ref _leak, leak, null);

    /// <summary>Notes that a foreign thread has come, and gives what to throw at it.</summary>
    internal InvalidOperationException ReportForeign(string what)
    {
        SimulationLeakException leak = ReportLeak($"{what} came from a foreign thread");
        return new InvalidOperationException(
            "A simulation runs on threads of its own and something came from another: a Task.Run, a timer without the "
            + $"simulation's TimeProvider, or an await that left it (seed {Seed}, virtual time {Now:c}).", leak);
    }

    /// <summary>Notes that a node has touched another at once, and gives what to throw at it.</summary>
    internal InvalidOperationException ReportTouch(SimulatedNode touched)
    {
        string what = $"node {SimulatedNode.Current?.Key} touches node {touched.Key} directly, which takes no time";
        return new InvalidOperationException(
            $"Between nodes of a simulation with a look-ahead everything is an event, but {what} (seed {Seed}, virtual time {Now:c}).",
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
