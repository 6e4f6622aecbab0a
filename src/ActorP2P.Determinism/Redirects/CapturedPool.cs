using System.Diagnostics;
using System.Reflection;

namespace ActorP2P.Determinism;

/// <summary>
/// Takes what the code of a simulation hands to the thread pool (Task.Run, ContinueWith, continuations of
/// ConfigureAwait(false)) and makes steps of it. While simulated code is on a thread, that thread has a queue that the
/// pool does not know; what it enqueues lands there and is taken from there after the turn. Nothing changes for other
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

    /// <summary>Refuses a runtime whose pool is made otherwise.</summary>
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

    /// <summary>Hides this thread from the pool, or shows it again.</summary>
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

    /// <summary>The runtime says that this thread enqueues work right now; true when it is captured.</summary>
    public static bool OnEnqueue() => t_isHidden && IsForOwnQueue();

    /// <summary>Makes steps of what was enqueued on this thread since the last time.</summary>
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
            // With a context, so that what the work awaits comes back to the node.
            life.Post(static state => ThreadPoolAccess.Instance.Run(state!), work, withContext: true);
        }
    }

    /// <summary>
    /// True for what tasks enqueue, which goes to the queue of the thread; other callers may ask for the queue of all
    /// threads, out of which nothing can be taken back.
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
