using System.Reflection;

namespace ActorP2P.Determinism.Tests;

/// <summary>
/// Finds the places in Akka.NET's code that read a clock of the process or draw random numbers without a seed. All of
/// them are known and handled; a version of Akka.NET with another one fails here.
/// </summary>
public sealed class RealClockTests
{
    private static readonly string[] s_akka =
    [
        // These only display the time: the age of a system, and the time of a log entry.
        "Akka.Actor.ActorSystem", "Akka.Event.LogEvent", "Akka.Dispatch.Mailbox.DebugPrint",

        // This reads the clock only when throughput-deadline-time is set; the forced settings leave it at zero.
        "Akka.Dispatch.Mailbox.ProcessMailbox",

        // The simulation replaces these: schedulers, the windows of restarts, random numbers, and the order of routees.
        "Akka.Actor.DateTimeOffsetNowTimeProvider", "Akka.Actor.HashedWheelTimerScheduler",
        "Akka.Actor.Internal.ChildRestartStats", "Akka.Util.ThreadLocalRandom", "Akka.Util.Internal.ArrayExtensions",
        "Akka.Util.MonotonicClock",

        // This compares the timeout of the last phase with the end of the system. A shutdown that hangs there does so
        // in real time too.
        "Akka.Actor.CoordinatedShutdown",

        // This is the time until a circuit breaker closes, in the text of an exception. The reset itself uses the
        // scheduler.
        "Akka.Pattern.Open",

        // Log throttling, a cache of DNS names, and the name of a thread pool are not used in a simulation.
        "Akka.Event.DeadLetterListener", "Akka.IO.SimpleDnsCache", "Helios.Concurrency.DedicatedThreadPoolSettings",

        // The stage Throttle uses this; a simulation refuses it.
        "Akka.Util.TickTimeTokenBucket",
    ];

    private static readonly string[] s_streams =
    [
        // A simulation refuses these; StreamParts contains replacements.
        "Akka.Streams.Dsl.Deadline", "Akka.Streams.Dsl.MergePrioritized", "Akka.Streams.Extra.Timed",
        "Akka.Streams.Implementation.BackpressureTimeout", "Akka.Streams.Implementation.Fusing.Delay",
        "Akka.Streams.Implementation.Idle",
    ];

    [Fact]
    public void Akka_reads_no_other_clock_than_those_known() =>
        AssertKnown(typeof(ActorSystem).Assembly, s_akka);

    [Fact]
    public void Akka_Streams_reads_no_other_clock_than_those_known() =>
        AssertKnown(typeof(Akka.Streams.ActorMaterializer).Assembly, s_streams);

    [Fact]
    public void Every_refused_stage_is_a_type_of_Akka_Streams()
    {
        HashSet<string> types = [.. typeof(Akka.Streams.ActorMaterializer).Assembly.GetTypes()
            .Select(static type => type.FullName!.Split('`')[0])];
        Assert.All(StreamParts.Refused, stage => Assert.Contains(stage, types));
    }

    private static void AssertKnown(Assembly assembly, string[] known)
    {
        string[] found = [.. ClockReaders.In(assembly).Distinct()];
        Assert.All(found, place => Assert.Contains(known, one => place.StartsWith(one, StringComparison.Ordinal)));
        Assert.All(known, one => Assert.Contains(found, place => place.StartsWith(one, StringComparison.Ordinal)));
    }
}
