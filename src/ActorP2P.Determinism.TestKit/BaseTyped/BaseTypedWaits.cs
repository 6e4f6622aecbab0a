using System.Diagnostics;
using System.Reflection;
using System.Threading.Channels;
using Akka.Event;
using Akka.TestKit;

namespace ActorP2P.Determinism.TestKit;

/// <summary>
/// Handles waits that C# binds to Akka's own methods, because a variable is of type <c>TestProbe</c> or
/// <c>TestKitBase</c>. The queue of the kit is wrapped by one whose reader runs the world instead of
/// waiting. It learns the duration from the line that the kit logs before each wait. Methods that wait more
/// than once compute the rest of their time by the real clock, which is wrong here, so they are refused.
/// All this needs private members of Akka.TestKit; when they differ, such waits are not handled.
/// </summary>
internal sealed class BaseTypedWaits : ILoggingAdapter
{
    private const string KitName = "Akka.TestKit.TestKitBase";
    private const BindingFlags Private = BindingFlags.Instance | BindingFlags.NonPublic;

    private static readonly FieldInfo? s_state = typeof(TestKitBase).GetField("_testState", Private);
    private static readonly PropertyInfo? s_queue = s_state?.FieldType.GetProperty("Queue");
    private static readonly PropertyInfo? s_log = s_state?.FieldType.GetProperty("Log");

    private static readonly string[] s_refused =
        ["FishForMessage", "FishUntil", "ReceiveN", "ReceiveWhile", "ExpectMsgAllOf", "Within"];

    private static readonly string[] s_kitsLines =
        ["Trying to ", "Received message", "Received no message", "Received ", "Timeout ", "Awaiting ",
            "Condition fulfilled"];

    private readonly ILoggingAdapter _inner;
    private readonly VirtualWaits _waits;
    private TimeSpan? _wait;

    private BaseTypedWaits(ILoggingAdapter inner, VirtualWaits waits) => (_inner, _waits) = (inner, waits);

    /// <summary>Whether Akka.TestKit has the private members.</summary>
    public static bool IsSupported =>
        s_queue?.PropertyType == typeof(Channel<MessageEnvelope>) && s_log?.PropertyType == typeof(ILoggingAdapter);

    /// <inheritdoc/>
    public ILogMessageFormatter Formatter => _inner.Formatter;

    /// <inheritdoc/>
    public bool IsDebugEnabled => true;

    /// <inheritdoc/>
    public bool IsInfoEnabled => _inner.IsInfoEnabled;

    /// <inheritdoc/>
    public bool IsWarningEnabled => _inner.IsWarningEnabled;

    /// <inheritdoc/>
    public bool IsErrorEnabled => _inner.IsErrorEnabled;

    /// <summary>Installs it for a kit or a probe.</summary>
    public static void Install(TestKitBase kit, VirtualWaits waits)
    {
        if (!IsSupported)
        {
            return;
        }
        object state = s_state!.GetValue(kit)!;
        var net = new BaseTypedWaits((ILoggingAdapter)s_log!.GetValue(state)!, waits);
        s_queue!.SetValue(state, new PumpingChannel((Channel<MessageEnvelope>)s_queue.GetValue(state)!, net.Pump));
        s_log.SetValue(state, net);
    }

    /// <inheritdoc/>
    public bool IsEnabled(LogLevel logLevel) => logLevel == LogLevel.DebugLevel || _inner.IsEnabled(logLevel);

    /// <inheritdoc/>
    public void Log(LogLevel logLevel, Exception? cause, string format)
    {
        if (IsForOthers(logLevel, format))
        {
            _inner.Log(logLevel, cause, format);
        }
    }

    /// <inheritdoc/>
    public void Log(LogLevel logLevel, Exception? cause, LogMessage message)
    {
        if (logLevel == LogLevel.DebugLevel && message.Parameters().LastOrDefault() is TimeSpan wait)
        {
            _wait = wait;
        }
        if (IsForOthers(logLevel, message.Format))
        {
            _inner.Log(logLevel, cause, message);
        }
    }

    /// <summary>
    /// Whether a line is not the kit's own. A test that examines the log must not see the kit's own lines.
    /// </summary>
    private bool IsForOthers(LogLevel level, string format) => _inner.IsEnabled(level)
        && !(level == LogLevel.DebugLevel && IsKits(format));

    private static bool IsKits(string format) =>
        Array.Exists(s_kitsLines, line => format.StartsWith(line, StringComparison.Ordinal));

    /// <summary>Runs the world for as long as the method on the stack would wait.</summary>
    /// <exception cref="InvalidOperationException">The method waits more than once.</exception>
    private bool Pump()
    {
        string? method = new StackTrace(2, false).GetFrames()
            .Select(static frame => frame.GetMethod())
            .Where(static one => one?.DeclaringType?.FullName?.StartsWith(KitName, StringComparison.Ordinal) == true)
            .Select(static one => one!.DeclaringType!.FullName + "." + one.Name)
            .FirstOrDefault(static name => Array.Exists(s_refused, name.Contains));
        if (method is not null || _wait is not { } wait)
        {
            throw new InvalidOperationException(
                $"{method ?? "A wait"} was called on a variable of type TestProbe or TestKitBase; "
                + "it would measure real time. Declare the variable as SimulatedProbe or SimulatedTestKit.");
        }
        _wait = null;
        return _waits.Message(wait, default);
    }
}
