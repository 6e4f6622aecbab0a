using System.Diagnostics;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace ActorP2P.Determinism.TestKit;

/// <summary>Finds out from the stack what kind of call a thread is in.</summary>
internal static class BlockingCall
{
    /// <summary>
    /// Finds out what a blocking thread waits for. It may be a signal, which a step of the world may give. It may also
    /// be another thread of the process, which holds a lock or is joined; that takes real time and no virtual time.
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
    /// Whether a thread's flow changes because an asynchronous method returns to its caller, or because no method
    /// of the test is left on the stack. False when a callback with a flow of its own has run inside the test.
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
