using System.Diagnostics.Tracing;

namespace ActorP2P.Determinism;

/// <summary>The redirects of a process, and the world to which the code on a thread belongs.</summary>
internal static class Redirects
{
    private static readonly Lock s_lock = new();
    private static SimulationRedirects s_installed;

    [ThreadStatic]
    private static SimulatedWorld? t_world;

    /// <summary>The world whose step, or whose driving program, runs on this thread; null on other threads.</summary>
    public static SimulatedWorld? World => t_world;

    /// <summary>Sets the world to which the code on this thread belongs from now on.</summary>
    /// <returns>The previous world, to be set again afterwards.</returns>
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

    /// <summary>Installs the redirects that are wanted and not installed yet.</summary>
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
    /// The node whose work runs on this thread, or otherwise the driving program, in the world of this thread.
    /// </summary>
    public static NodeLife Life(SimulatedWorld world) =>
        (SimulatedNode.Current is { } node && node.World == world ? node : world.Join(SimulatedWorld.DriverNode)).Life;

    /// <summary>Whether the code on this thread belongs to a world that wants this redirect.</summary>
    public static bool Applies(SimulationRedirects redirect) => t_world is { } world
        && (world.Options.Redirects & redirect) != 0;

    /// <summary>
    /// Plans the timers that were set meanwhile, and makes steps of the work meant for the thread pool. It is called
    /// after each turn and after each run of the driving program.
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
    /// The runtime reports that work for the thread pool is enqueued on this thread; true when the work is captured.
    /// </summary>
    public static bool TakesWork() => CapturedPool.OnEnqueue();

    /// <summary>
    /// The runtime reports that a timer was set on this thread; true when the timer is moved into virtual time.
    /// </summary>
    public static bool TakesTimer(EventWrittenEventArgs armed) => RealTimers.OnArmed(armed);
}
