using System.Diagnostics.Tracing;

namespace ActorP2P.Determinism;

/// <summary>The redirects of a process, and the world that the code on a thread belongs to.</summary>
internal static class Redirects
{
    private static readonly Lock s_lock = new();
    private static SimulationRedirects s_installed;

    [ThreadStatic]
    private static SimulatedWorld? t_world;

    /// <summary>The world whose step, or whose driving program, runs on this thread; null elsewhere.</summary>
    public static SimulatedWorld? World => t_world;

    /// <summary>Says which world the code on this thread belongs to from now on.</summary>
    /// <returns>The world before, to be entered again afterwards.</returns>
    public static SimulatedWorld? Enter(SimulatedWorld? world)
    {
        SimulatedWorld? outer = t_world;
        t_world = world;
        if (outer != world)
        {
            CapturedPool.Hide(Applies(SimulationRedirects.Tasks));
        }
        return outer;
    }

    /// <summary>Installs what is asked for and not there yet.</summary>
    /// <exception cref="SimulationNotSupportedException">
    /// The runtime lacks a private member that a redirect needs.
    /// </exception>
    public static void Install(SimulationRedirects wanted)
    {
        lock (s_lock)
        {
            SimulationRedirects missing = wanted & ~s_installed;
            if (missing.HasFlag(SimulationRedirects.Timers))
            {
                RealTimers.Check();
            }
            if (missing.HasFlag(SimulationRedirects.Tasks))
            {
                CapturedPool.Check();
                BlockedWaits.Listen();
            }
            if (missing.HasFlag(SimulationRedirects.Waits))
            {
                BlockedWaits.Listen();
            }
            s_installed |= missing;
        }
    }

    /// <summary>
    /// The node whose work runs on this thread, or else the driving program, in the world of this thread.
    /// </summary>
    public static NodeLife Life(SimulatedWorld world) =>
        (SimulatedNode.Current is { } node && node.World == world ? node : world.Join(SimulatedWorld.DriverNode)).Life;

    /// <summary>True when the code on this thread belongs to a world that wants this redirect.</summary>
    public static bool Applies(SimulationRedirects redirect) => t_world is { } world
        && (world.Options.Redirects & redirect) != 0;

    /// <summary>
    /// After each turn, and after the driving program has run: plans the timers armed meanwhile, and makes steps of the
    /// work meant for the thread pool.
    /// </summary>
    public static void Take()
    {
        RealTimers.Take();
        if (t_world is { } world)
        {
            CapturedPool.Take(world);
        }
    }

    /// <summary>
    /// The runtime says that work for the thread pool is enqueued on this thread; true when it is taken over.
    /// </summary>
    public static bool TakesWork() => CapturedPool.OnEnqueue();

    /// <summary>
    /// The runtime has said that a timer was armed on this thread; true when the timer is taken over.
    /// </summary>
    public static bool TakesTimer(EventWrittenEventArgs armed) => RealTimers.OnArmed(armed);
}
