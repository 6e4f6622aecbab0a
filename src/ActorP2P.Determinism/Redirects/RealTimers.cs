using System.Diagnostics;
using System.Diagnostics.Tracing;
using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace ActorP2P.Determinism;

/// <summary>
/// Moves the timers that simulated code sets from the runtime's queue into virtual time. The runtime
/// reports each timer on the thread that sets it, while it holds the lock of its queue. This thread keeps
/// the lock until the timer is moved, so that not even a timer of one millisecond fires in real time.
/// </summary>
/// <remarks>
/// The runtime has a queue for each processor, and simulated code on two threads may hold one each. So only one thread of
/// the process may keep locks (<see cref="TryBecomeHolder"/>), and no thread waits for a lock while it keeps another.
/// </remarks>
internal static class RealTimers
{
    /// <summary>
    /// Longer timers do not fire before the end of the turn in any case. The lock delays the timers of the whole
    /// process, so it is not held for them.
    /// </summary>
    private const uint HeldMilliseconds = 5_000;

    // A holder gives its locks back within a step. Whoever cannot wait for that, since the holder may be waiting for the
    // queue that this thread is in, keeps no lock.
    private const int MostSpins = 500;

    private static readonly ConditionalWeakTable<object, IDisposable> s_plans = [];

    private static int s_isHolding;

    [ThreadStatic]
    private static List<ArmedTimer>? t_armed;

    [ThreadStatic]
    private static List<Lock>? t_held;

    [ThreadStatic]
    private static bool t_moving;

    /// <summary>Checks that the runtime's timers have the expected members.</summary>
    /// <exception cref="SimulationNotSupportedException">A private member is missing; the message names it.</exception>
    public static void Check()
    {
        IReadOnlyList<string> missing = TimerQueueAccess.Instance.Missing;
        if (missing.Count > 0)
        {
            throw new SimulationNotSupportedException(
                $"SimulationRedirects.Timers does not work on this runtime, which lacks {string.Join(", ", missing)}.");
        }
    }

    /// <summary>Records a timer that the runtime is setting on this thread.</summary>
    public static bool OnArmed(EventWrittenEventArgs armed)
    {
        if (t_moving)
        {
            return true;
        }
        if (!Redirects.Applies(SimulationRedirects.Timers) || Redirects.World is not { IsMine: true } world
            || IsTestRunners(world))
        {
            return false;
        }
        // The payload: the timer's identity, a kind, a text, a flag, the due time and the period.
        long identity = Convert.ToInt64(armed.Payload![0], CultureInfo.InvariantCulture);
        uint due = unchecked((uint)Convert.ToInt32(armed.Payload[4], CultureInfo.InvariantCulture));
        if (due <= HeldMilliseconds)
        {
            Hold();
        }
        (t_armed ??= []).Add(new ArmedTimer(identity, Redirects.Life(world), due));
        return true;
    }

    /// <summary>Moves the timers that were set on this thread since the last call.</summary>
    public static void Take()
    {
        if (t_armed is not { Count: > 0 } armed)
        {
            return;
        }
        t_moving = true;
        try
        {
            // First those in queues whose lock this thread keeps, then, without any lock, the others.
            TakenTimer?[] taken = [.. armed.Select(static one => Stop(one, isLocked: true))];
            Release();
            for (int i = 0; i < taken.Length; i++)
            {
                taken[i] ??= Stop(armed[i], isLocked: false);
            }

            // In the order in which they were set, whichever queue they were in.
            for (int i = 0; i < taken.Length; i++)
            {
                if (taken[i] is { } timer)
                {
                    Plan(armed[i].Life, timer.Timer, armed[i].Due, timer.Period);
                }
            }
        }
        finally
        {
            armed.Clear();
            t_moving = false;
            Release();
        }
    }

    /// <summary>Takes a timer out of its queue; null when it is not there: it was cancelled meanwhile.</summary>
    private static TakenTimer? Stop(in ArmedTimer armed, bool isLocked)
    {
        if (TimerQueueAccess.Instance.Find(armed.Identity, armed.Due, isLocked) is not { } timer)
        {
            return null;
        }

        uint period = TimerQueueAccess.Instance.PeriodOf(timer);
        TimerQueueAccess.Instance.Stop(timer);
        return new TakenTimer(timer, period);
    }

    /// <summary>Whether this thread may keep locks of queues.</summary>
    private static bool TryBecomeHolder()
    {
        if (t_held is { Count: > 0 })
        {
            return true;
        }

        SpinWait spins = default;
        while (Interlocked.CompareExchange(ref s_isHolding, 1, 0) != 0)
        {
            if (spins.Count >= MostSpins)
            {
                return false;
            }

            spins.SpinOnce(sleep1Threshold: -1);
        }

        return true;
    }

    private static void Hold()
    {
        if (!TryBecomeHolder())
        {
            return;
        }

        foreach (Lock queue in TimerQueueAccess.Instance.Locks)
        {
            if (queue.IsHeldByCurrentThread)
            {
                queue.Enter();
                (t_held ??= []).Add(queue);
            }
        }

        if (t_held is not { Count: > 0 })
        {
            Volatile.Write(ref s_isHolding, 0);
        }
    }

    private static void Release()
    {
        if (t_held is { Count: > 0 } held)
        {
            foreach (Lock queue in held)
            {
                queue.Exit();
            }
            held.Clear();
            Volatile.Write(ref s_isHolding, 0);
        }
    }

    private static void Plan(NodeLife life, object timer, uint due, uint period)
    {
        if (s_plans.TryGetValue(timer, out IDisposable? before))
        {
            before.Dispose();
        }
        ITimer planned = life.Node.Clock.CreateTimer(
            static state => ((Action)state!)(), (Action)Fire, TimeSpan.FromMilliseconds(due), Timeout.InfiniteTimeSpan);
        s_plans.AddOrUpdate(timer, planned);

        void Fire()
        {
            if (TimerQueueAccess.Instance.IsCanceled(timer) || !TimerQueueAccess.Instance.IsTaken(timer))
            {
                return;
            }
            if (period is not 0 and not uint.MaxValue)
            {
                Plan(life, timer, period, period);
            }
            // With a context, so that its continuations may yield.
            SynchronizationContext? outer = SynchronizationContext.Current;
            SynchronizationContext.SetSynchronizationContext(life.Context);
            TimerQueueAccess.Instance.Fire(timer);
            SynchronizationContext.SetSynchronizationContext(outer);
        }
    }

    /// <summary>
    /// Whether the timer belongs to the test framework: its timeout for a test, which is set outside of any step, runs
    /// in real time.
    /// </summary>
    private static bool IsTestRunners(SimulatedWorld world)
    {
        if (world.IsRunning)
        {
            return false;
        }
        foreach (StackFrame frame in new StackTrace(3, false).GetFrames())
        {
            if (frame.GetMethod()?.DeclaringType?.Assembly is { } assembly && assembly != typeof(Timer).Assembly
                && assembly != typeof(RealTimers).Assembly)
            {
                return IsTestFramework(assembly);
            }
        }
        return false;
    }

    private static bool IsTestFramework(Assembly assembly) =>
        assembly.GetName().Name is { } name && name.StartsWith("xunit.", StringComparison.Ordinal);

    /// <param name="Timer">The runtime's timer.</param>
    /// <param name="Period">Its period in milliseconds.</param>
    private readonly record struct TakenTimer(object Timer, uint Period);
}
