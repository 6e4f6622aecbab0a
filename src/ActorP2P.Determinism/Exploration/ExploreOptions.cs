using System.Collections.Immutable;
using Akka.Actor;

namespace ActorP2P.Determinism;

/// <summary>How a program is explored.</summary>
public sealed record ExploreOptions
{
    /// <summary>How many schedules are played; the first is the plain order.</summary>
    public int Schedules { get; init; } = 1_000;

    /// <summary>
    /// The seed of all schedules; by default that of the environment variable <c>ACTORP2P_SEED</c>, or 1. A seed
    /// gives the same schedules on any number of cores.
    /// </summary>
    public ulong? Seed { get; init; }

    /// <summary>The strategies, which take turns from the second schedule on.</summary>
    public ImmutableArray<SchedulingStrategy> Strategies { get; init; } =
    [
        SchedulingStrategy.Uniform,
        SchedulingStrategy.Priorities(2),
        SchedulingStrategy.Delays(2),
        SchedulingStrategy.UnseenPairs,
    ];

    /// <summary>
    /// The greatest delay of a message between two actors, in virtual time; none by default. Messages from one actor
    /// to another keep their order, and so do messages to one actor that have no sender.
    /// </summary>
    public TimeSpan MessageDelay { get; init; }

    /// <summary>By how much a timer of an actor may be late, in virtual time; by nothing by default.</summary>
    public TimeSpan TimerLateness { get; init; }

    /// <summary>
    /// The paths of actors that may crash, such as "/user/worker", or "/user/workers/*" for all below. A crash is an
    /// exception in place of handling a message or after it; the supervisor decides what follows, by default a
    /// restart.
    /// </summary>
    public ImmutableArray<string> Crashes { get; init; } = [];

    /// <summary>How many crashes a run has at most.</summary>
    public int MaxCrashes { get; init; } = 1;

    /// <summary>How much virtual time a run may take.</summary>
    public TimeSpan VirtualLimit { get; init; } = TimeSpan.FromDays(1);

    /// <summary>How much real time a run may take.</summary>
    public TimeSpan RealLimit { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How much real time all schedules may take together. What is left then is not played.</summary>
    public TimeSpan Budget { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>How much real time may be spent on making a failing run small.</summary>
    public TimeSpan ShrinkBudget { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>On how many threads schedules are played; by default one for each processor.</summary>
    public int Cores { get; init; } = Environment.ProcessorCount;

    /// <summary>
    /// Whether to go on after the first failure, to find others. Failures of one cause are counted together.
    /// </summary>
    public bool FindsAll { get; init; }

    /// <summary>What of the runtime's calls is moved into virtual time; all by default.</summary>
    public SimulationRedirects Redirects { get; init; } = SimulationRedirects.All;

    /// <summary>The state of an actor that a diagram shows after each of its turns; null for none.</summary>
    public Func<ActorBase, string?>? State { get; init; }

    /// <summary>What a diagram says of a message; by default its <c>ToString</c>.</summary>
    public Func<object, string>? Text { get; init; }

    /// <summary>
    /// Where the diagrams of failures are written; by default the folder <c>TestResults</c> beside the program.
    /// Empty: nowhere.
    /// </summary>
    public string? ReportFolder { get; init; }

    /// <summary>
    /// A schedule to play instead of exploring, as a failure has printed it; by default that of the environment
    /// variable <c>ACTORP2P_REPLAY</c>. A text that begins with @ names a file that has it.
    /// </summary>
    public string? Replay { get; init; }

    internal FaultOptions Faults =>
        new(MessageDelay, TimerLateness, Crashes, Crashes.IsDefaultOrEmpty ? 0 : MaxCrashes);

    internal ExploreOptions Validated()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(Schedules, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(Cores, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(MessageDelay, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfLessThan(TimerLateness, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxCrashes, 0);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(RealLimit, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(VirtualLimit, TimeSpan.Zero);
        return Strategies.IsDefaultOrEmpty
            ? throw new ArgumentException("An exploration needs a strategy.", nameof(Strategies))
            : this;
    }
}
