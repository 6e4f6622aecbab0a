using System.Diagnostics;
using System.Reflection;

namespace ActorP2P.Determinism;

/// <summary>
/// Captures the work that simulated code gives to the thread pool (Task.Run, ContinueWith, continuations of
/// ConfigureAwait(false)) and makes steps of it. While a thread runs simulated code, it has a queue that the pool does
/// not know. Work that it enqueues goes there and is taken from there after the turn. Nothing changes for other
/// threads.
/// </summary>
internal static class CapturedPool
{
    [ThreadStatic]
    private static object? t_hidden;

    [ThreadStatic]
    private static Func<object?>? t_pop;

    [ThreadStatic]
    private static object? t_own;

    [ThreadStatic]
    private static bool t_isHidden;

    /// <summary>Checks that the runtime's pool has the expected members.</summary>
    /// <exception cref="SimulationNotSupportedException">A private member is missing; the message names it.</exception>
    public static void Check()
    {
        IReadOnlyList<string> missing = ThreadPoolAccess.Instance.Missing;
        if (missing.Count > 0)
        {
            throw new SimulationNotSupportedException(
                $"SimulationRedirects.Tasks does not work on this runtime, which lacks {string.Join(", ", missing)}.");
        }
    }

    /// <summary>Hides this thread from the pool, or makes it visible again.</summary>
    public static void Hide(bool isHidden)
    {
        if (isHidden == t_isHidden)
        {
            return;
        }
        t_isHidden = isHidden;
        if (!isHidden)
        {
            ThreadPoolAccess.Instance.Current = t_own;
            return;
        }
        t_own = ThreadPoolAccess.Instance.Current;
        if (t_hidden is null)
        {
            t_hidden = ThreadPoolAccess.Instance.CreateHidden();
            t_pop = ThreadPoolAccess.Instance.PopOf(t_hidden);
        }
        ThreadPoolAccess.Instance.Current = t_hidden;
    }

    /// <summary>The runtime reports that this thread is enqueuing work; true when the work is captured.</summary>
    public static bool OnEnqueue() => t_isHidden && IsForOwnQueue();

    /// <summary>Makes steps of the work that this thread has enqueued since the last call.</summary>
    public static void Take(SimulatedWorld world)
    {
        if (!t_isHidden || t_pop!() is not { } youngest)
        {
            return;
        }
        Stack<object> works = new([youngest]);
        while (t_pop() is { } work)
        {
            works.Push(work);
        }
        NodeLife life = Redirects.Life(world);
        foreach (object work in works)
        {
            // With a context, so that continuations of the work return to the node.
            life.Post(static state => ThreadPoolAccess.Instance.Run(state!), work, withContext: true);
        }
    }

    /// <summary>
    /// Whether the work comes from tasks, which enqueue into the queue of the thread. Other callers may use the queue
    /// of all threads, from which nothing can be taken back.
    /// </summary>
    private static bool IsForOwnQueue()
    {
        foreach (StackFrame frame in new StackTrace(2, false).GetFrames())
        {
            MethodBase? method = frame.GetMethod();
            Type? type = method?.DeclaringType;
            if (type?.Namespace is "System.Diagnostics.Tracing" || type?.Name is "ThreadPoolWorkQueue"
                || type == typeof(LeakDetector) || type == typeof(Redirects))
            {
                continue;
            }
            if (type == typeof(ThreadPool) && !method!.IsPublic)
            {
                continue;
            }
            return type?.Assembly == typeof(Task).Assembly && type.Namespace == typeof(Task).Namespace;
        }
        return false;
    }
}
