using System.Diagnostics;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace ActorP2P.Determinism.TestKit;

/// <summary>Tells from the stack what kind of call a thread is in.</summary>
internal static class BlockingCall
{
    /// <summary>
    /// Tells what a blocking thread waits for: a signal that a step of the world may give, or another thread of the
    /// process that holds a lock or is joined, which takes real time and no virtual time.
    /// </summary>
    public static BlockingKind Kind()
    {
        BlockingKind kind = BlockingKind.Real;
        foreach (StackFrame frame in new StackTrace(2, false).GetFrames())
        {
            MethodBase? method = frame.GetMethod();
            Type? type = method?.DeclaringType;
            if (type == typeof(Lock) || type == typeof(Thread))
            {
                return BlockingKind.Real;
            }
            if (type?.Assembly != typeof(object).Assembly)
            {
                break;
            }
            if (type == typeof(WaitHandle) || (type == typeof(Monitor) && IsWait(method!)))
            {
                kind = BlockingKind.Signal;
            }
            else if (kind == BlockingKind.Signal && type != typeof(Monitor))
            {
                return BlockingKind.RestOfSignal;
            }
        }
        return kind;
    }

    private static bool IsWait(MethodBase method) =>
        method.Name.Contains(nameof(Monitor.Wait), StringComparison.Ordinal);

    /// <summary>
    /// True when a thread's flow changes because an asynchronous method returns to its caller, or where no method of
    /// the test is on the stack any more; false when a callback with a flow of its own has run inside of the test.
    /// </summary>
    public static bool HasLeft(Type test)
    {
        int depth = 0;
        foreach (StackFrame frame in new StackTrace(2, false).GetFrames())
        {
            MethodBase? method = frame.GetMethod();
            if (depth++ < 8 && method is { Name: nameof(AsyncTaskMethodBuilder.Start) }
                && method.DeclaringType?.Namespace == typeof(AsyncTaskMethodBuilder).Namespace)
            {
                return true;
            }
            if (method?.DeclaringType?.Assembly == test.Assembly)
            {
                return false;
            }
        }
        return true;
    }
}
