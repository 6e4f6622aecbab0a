using System.Diagnostics;
using ActorP2P.Protocol;

namespace ActorP2P;

/// <summary>
/// The handler that the running code belongs to. It flows along awaits, so that an ask knows whether a handler waits
/// for it.
/// </summary>
internal static class HandlerScope
{
    private static readonly AsyncLocal<Invocation?> s_current = new();

    /// <summary>The asynchronous handler whose code is running, or null.</summary>
    public static Invocation? Current => s_current.Value;

    /// <summary>
    /// Calls a handler. Only an asynchronous handler is recorded, because only it can wait for an ask.
    /// </summary>
    public static ValueTask<IMessage?> Invoke(Invocation invocation)
    {
        s_current.Value = invocation.Mode == HandlerMode.Asynchronous ? invocation : null;
        try
        {
            return invocation.Span is { } span ? InvokeIn(span, invocation) : invocation.Invoke();
        }
        finally
        {
            s_current.Value = null;
        }
    }

    // A request that the handler makes is then part of the handler's span.
    private static ValueTask<IMessage?> InvokeIn(Activity span, Invocation invocation)
    {
        Activity? before = Activity.Current;
        Activity.Current = span;
        try
        {
            return invocation.Invoke();
        }
        finally
        {
            Activity.Current = before;
        }
    }
}
