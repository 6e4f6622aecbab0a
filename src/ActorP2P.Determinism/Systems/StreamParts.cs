using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Reflection;
using Akka.Actor;

namespace ActorP2P.Determinism;

/// <summary>
/// The stages of Akka.Streams that read the real clock, or draw random numbers without a seed, through members that
/// nothing can redirect. They would behave differently in each run without anybody noticing, so a stream that contains
/// one is refused when it is run.
/// </summary>
internal static class StreamParts
{
    private const string Interpreter = "Akka.Streams.Implementation.Fusing.ActorGraphInterpreter";
    private const string Supervisor = "Akka.Streams.Implementation.StreamSupervisor";
    private const BindingFlags Private = BindingFlags.Instance | BindingFlags.NonPublic;
    private const string AfterDelay =
        "SelectAsync(1, async element => { await Task.Delay(span, timeProvider); return element; })";
    private const string Timeouts = "InitialTimeout or CompletionTimeout, or a timer of the actor that runs the stream";

    private static readonly ConcurrentDictionary<Type, Kind> s_kinds = [];

    // By the type of the stage without its generic part; the values do the same in virtual time.
    private static readonly FrozenDictionary<string, string> s_replacements = new Dictionary<string, string>
    {
        ["Akka.Streams.Implementation.Throttle"] = AfterDelay,
        ["Akka.Streams.Implementation.Fusing.Delay"] = AfterDelay,
        ["Akka.Streams.Implementation.Idle"] = Timeouts,
        ["Akka.Streams.Implementation.IdleTimeoutBidi"] = Timeouts,
        ["Akka.Streams.Implementation.BackpressureTimeout"] = Timeouts,
        ["Akka.Streams.Implementation.IdleInject"] = "Merge with Source.Tick",
        ["Akka.Streams.Extra.Timed"] = "Select with the system's TimeProvider",
        ["Akka.Streams.Dsl.MergePrioritized"] = "MergePreferred or MergeSorted",
        ["Akka.Streams.Dsl.RestartWithBackoffSource"] = "a BackoffSupervisor of the actor that runs the stream",
        ["Akka.Streams.Dsl.RestartWithBackoffFlow"] = "a BackoffSupervisor of the actor that runs the stream",
        ["Akka.Streams.Dsl.RestartWithBackoffSink"] = "a BackoffSupervisor of the actor that runs the stream",
    }.ToFrozenDictionary();

    /// <summary>The stages that are refused, by the full names of their types without generic parts.</summary>
    internal static IEnumerable<string> Refused => s_replacements.Keys;

    /// <summary>Whether the actor is the one under which a materializer makes the actors of its streams.</summary>
    public static bool IsStreamSupervisor(Props props) => KindOf(props) == Kind.Supervisor;

    /// <summary>Refuses the actor of a stream that contains such a stage.</summary>
    /// <exception cref="NotSupportedException">
    /// The stream does; the message names the stage and its replacement.
    /// </exception>
    public static void Refuse(Props props)
    {
        if (KindOf(props) != Kind.Interpreter)
        {
            return;
        }
        foreach (object logic in LogicsOf(props))
        {
            Refuse(logic.GetType());
        }
    }

    /// <summary>Refuses a stage by the type of its logic.</summary>
    internal static void Refuse(Type logic)
    {
        for (Type? type = logic; type is not null; type = type.DeclaringType)
        {
            string name = type.FullName is { } full ? full.Split('`', '[')[0] : type.Name;
            if (s_replacements.TryGetValue(name, out string? replacement))
            {
                throw new NotSupportedException($"A stream with the stage {name} cannot be simulated: it reads the "
                    + $"clock of the process or draws without a seed. In its place use {replacement}.");
            }
        }
    }

    private static Kind KindOf(Props props) => s_kinds.GetOrAdd(props.Type, static type => type.FullName switch
    {
        Interpreter => Kind.Interpreter,
        Supervisor => Kind.Supervisor,
        _ => Kind.Other,
    });

    // An ActorGraphInterpreter is made from a shell, which holds the logics of its stages.
    private static IEnumerable<object> LogicsOf(Props props) =>
        props.Arguments is [{ } shell, ..]
            && shell.GetType().GetField("_logics", Private)?.GetValue(shell) is IEnumerable<object> logics
            ? logics
            : throw new SimulationNotSupportedException(
                $"The version of Akka.Streams cannot be simulated: {Interpreter} holds its stages otherwise.");

    private enum Kind
    {
        Other,
        Interpreter,
        Supervisor,
    }
}
