using System.Reflection;

namespace ActorP2P.Determinism.Tests;

/// <summary>
/// Where Akka.NET reads a clock of the process, or draws without a seed, found in its code. All places are known and
/// dealt with; a version of Akka.NET with another one fails here.
/// </summary>
public sealed class RealClockTests
{
    private static readonly string[] s_akka =
    [
        // Shown, not acted on: the age of a system, the time of a log entry.
        "Akka.Actor.ActorSystem", "Akka.Event.LogEvent", "Akka.Dispatch.Mailbox.DebugPrint",

        // Only with throughput-deadline-time, which the forced settings leave at zero.
        "Akka.Dispatch.Mailbox.ProcessMailbox",

        // Replaced by the simulation's: schedulers, windows of restarts, what is drawn from, shuffled routees.
        "Akka.Actor.DateTimeOffsetNowTimeProvider", "Akka.Actor.HashedWheelTimerScheduler",
        "Akka.Actor.Internal.ChildRestartStats", "Akka.Util.ThreadLocalRandom", "Akka.Util.Internal.ArrayExtensions",
        "Akka.Util.MonotonicClock",

        // Tells the last phase's timeout from the end of the system; a shutdown that hangs there is stuck in any case.
        "Akka.Actor.CoordinatedShutdown",

        // How long a breaker stays open, in the text of its exception; its reset goes by the scheduler.
        "Akka.Pattern.Open",

        // Log throttling, a cache of names, the name of a thread pool: none belongs into a simulation.
        "Akka.Event.DeadLetterListener", "Akka.IO.SimpleDnsCache", "Helios.Concurrency.DedicatedThreadPoolSettings",

        // Used by the stage Throttle, which is refused.
        "Akka.Util.TickTimeTokenBucket",
    ];

    private static readonly string[] s_streams =
    [
        // Refused, with a replacement: StreamParts.
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
