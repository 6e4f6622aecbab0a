using System.Globalization;
using Akka.Actor;
using Akka.Actor.Internal;
using Akka.Actor.Setup;
using Akka.Configuration;
using Akka.Event;
using Akka.TestKit;
using Xunit.Abstractions;

namespace ActorP2P.Determinism.TestKit;

/// <summary>
/// Akka's kit for xunit in virtual time. The system is simulated, and every wait runs its world until the
/// message has arrived or the virtual deadline has passed. An hour takes milliseconds, nothing waits in
/// real time, and a run can be repeated from its seed. Most test classes need only another base class.
/// </summary>
[Shadows]
public partial class SimulatedTestKit : Akka.TestKit.Xunit2.TestKit
{
    /// <summary>The environment variable with the seed for kits that make their own world.</summary>
    public const string SeedVariable = "ACTORP2P_SEED";

    private const ulong DefaultSeed = 1;

    private VirtualWaits _waits = null!;
    private TestBody _body = null!;
    private bool _isFirst;
    private bool _isDisposing;

    /// <summary>Makes a kit with a world of its own.</summary>
    /// <param name="output">Where the system's log goes.</param>
    public SimulatedTestKit(ITestOutputHelper? output = null)
        : this(Config.Empty, null, output)
    {
    }

    /// <summary>Makes a kit with a world of its own.</summary>
    /// <param name="config">HOCON for the system.</param>
    /// <param name="output">Where the system's log goes.</param>
    public SimulatedTestKit(string config, ITestOutputHelper? output = null)
        : this(ConfigurationFactory.ParseString(config), null, output)
    {
    }

    /// <summary>Makes a kit with a world of its own.</summary>
    /// <param name="config">Configuration for the system.</param>
    /// <param name="actorSystemName">The system's name; "test" by default.</param>
    /// <param name="output">Where the system's log goes.</param>
    public SimulatedTestKit(Config config, string? actorSystemName = null, ITestOutputHelper? output = null)
        : this(KitSystem.Create(CreateWorld(), actorSystemName ?? "test", config), output)
    {
    }

    /// <summary>Makes a kit with a world of its own.</summary>
    /// <param name="config">Setups for the system.</param>
    /// <param name="actorSystemName">The system's name; "test" by default.</param>
    /// <param name="output">Where the system's log goes.</param>
    public SimulatedTestKit(ActorSystemSetup config, string? actorSystemName = null, ITestOutputHelper? output = null)
        : this(KitSystem.Create(CreateWorld(), actorSystemName ?? "test", config), output)
    {
    }

    /// <summary>Makes a kit on a given system, for a seed or options that the test chooses.</summary>
    /// <param name="system">A system made by <see cref="SimulatedSystem"/>.</param>
    /// <param name="output">Where the system's log goes.</param>
    /// <exception cref="ArgumentException">The system is not a simulated one.</exception>
    public SimulatedTestKit(ActorSystem system, ITestOutputHelper? output = null)
        : base(system, output)
    {
        // The logger for the output listens from now on.
        _waits.Pass(TimeSpan.Zero);
    }

    /// <summary>The world that the system, and every other system of this kit, runs in.</summary>
    public SimulatedWorld World
    {
        get
        {
            _waits.Touch();
            return _waits.World;
        }
    }

    /// <summary>
    /// The system. A test uses it before it waits, so the kit sets its context here.
    /// </summary>
    public new ActorSystem Sys
    {
        get
        {
            _body?.Touch();
            return base.Sys;
        }
    }

    /// <summary>The test actor, whose messages the kit expects.</summary>
    public new IActorRef TestActor
    {
        get
        {
            _body?.Touch();
            return base.TestActor;
        }
    }

    /// <summary>
    /// How long a wait without a deadline of its own, or an await of the test, may take in virtual time.
    /// </summary>
    public TimeSpan WaitLimit
    {
        get => WorldPump.Of(World).Limit;
        set => WorldPump.Of(World).Limit = value;
    }

    /// <summary>Filters of the system's log events.</summary>
    public new SimulatedEventFilterFactory EventFilter => CreateEventFilter(Sys);

    internal VirtualWaits Waits => _waits;

    /// <summary>Filters of the log events of another system of this kit.</summary>
    public new SimulatedEventFilterFactory CreateEventFilter(ActorSystem system) => new(this, system, []);

    /// <summary>
    /// Makes a world as a kit does: with the seed of the environment or otherwise a fixed one, and with all redirects.
    /// </summary>
    /// <param name="seed">The seed; by default that of the environment variable, or 1.</param>
    /// <remarks>
    /// In a test that is explored, the first such world without a seed runs by the schedule that is played.
    /// </remarks>
    /// <exception cref="FormatException">The environment variable is not a number.</exception>
    public static SimulatedWorld CreateWorld(ulong? seed = null)
    {
        ScheduleRun? run = seed is null ? ScheduleRun.TakeNext() : null;
        return new SimulatedWorld(
            run?.Seed ?? seed ?? SeedOfEnvironment(),
            new SimulationOptions { Shuffle = true, Redirects = SimulationRedirects.All, Run = run });
    }

    /// <summary>
    /// Makes another system in the world of this kit. <c>ActorSystem.Create</c> would make a real one.
    /// </summary>
    /// <param name="name">Its name.</param>
    /// <param name="config">Configuration for it.</param>
    public ActorSystem CreateSystem(string name, Config? config = null)
    {
        ActorSystem system = CreateSystem(World, name, config);
        // Its log is listened to from now on.
        _waits.Pass(TimeSpan.Zero);
        return system;
    }

    /// <summary>Makes a system with everything that a kit needs, for a world that the test chooses.</summary>
    /// <param name="world">The world, such as one of <see cref="CreateWorld"/>.</param>
    /// <param name="name">Its name.</param>
    /// <param name="config">Configuration for it.</param>
    public static ActorSystem CreateSystem(SimulatedWorld world, string name, Config? config = null) =>
        KitSystem.Create(
            world, name, ActorSystemSetup.Create(BootstrapSetup.Create().WithConfig(config ?? Config.Empty)));

    /// <summary>Lets virtual time pass. Everything due in it happens.</summary>
    public void Advance(TimeSpan by) => _waits.Pass(by);

    /// <summary>Runs the world until a task has ended, such as an <c>Ask</c> or <c>GracefulStop</c>.</summary>
    /// <param name="task">The task.</param>
    /// <param name="max">How long it may take in virtual time; <see cref="WaitLimit"/> by default.</param>
    /// <returns>The task's result.</returns>
    /// <exception cref="TimeoutException">It did not end in time.</exception>
    public T Await<T>(Task<T> task, TimeSpan? max = null) => _waits.Finish(task, max ?? WaitLimit);

    /// <summary>Runs the world until a task has ended.</summary>
    /// <param name="task">The task.</param>
    /// <param name="max">How long it may take in virtual time; <see cref="WaitLimit"/> by default.</param>
    /// <exception cref="TimeoutException">It did not end in time.</exception>
    public void Await(Task task, TimeSpan? max = null) => _waits.Finish(task, max ?? WaitLimit);

    /// <inheritdoc/>
    public override TestLatch CreateTestLatch(int count = 1) => new(count);

    /// <inheritdoc/>
    public override TestProbe CreateTestProbe(string? name = null) => new(Sys, Assertions, name);

    /// <inheritdoc/>
    public override TestProbe CreateTestProbe(ActorSystem system, string? name = null) =>
        new(system, Assertions, name);

    /// <inheritdoc/>
    public override void Shutdown(TimeSpan? duration = null, bool verifySystemShutdown = false) =>
        Shutdown(Sys, duration, verifySystemShutdown);

    /// <inheritdoc/>
    public override Task ShutdownAsync(TimeSpan? duration = null, bool verifySystemShutdown = false) =>
        ShutdownAsync(Sys, duration, verifySystemShutdown);

    /// <inheritdoc/>
    protected override void Shutdown(ActorSystem system, TimeSpan? duration = null, bool verifySystemShutdown = false)
    {
        ArgumentNullException.ThrowIfNull(system);
        if (WorldPump.Of(World).Abandoned is not null || (_isDisposing && World.Exploring is not null))
        {
            // The system's actors would continue the test that was given up, and the end of an explored test is no part
            // of what is explored. A simulated system holds only memory, so it need not be stopped.
            return;
        }
        Task terminated = system.Terminate();
        TimeSpan wait = duration ?? Dilated(TimeSpan.FromSeconds(5));
        if (!_waits.Pump(() => terminated.IsCompleted, wait))
        {
            ((ExtendedActorSystem)system).Guardian.Stop();
            if (verifySystemShutdown)
            {
                throw new TimeoutException(
                    $"Failed to stop [{system.Name}] within [{wait}].\n{((ExtendedActorSystem)system).PrintTree()}");
            }
        }
    }

    /// <inheritdoc/>
    protected override Task ShutdownAsync(
        ActorSystem system, TimeSpan? duration = null, bool verifySystemShutdown = false)
    {
        Shutdown(system, duration, verifySystemShutdown);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    protected override void InitializeTest(
        ActorSystem system, ActorSystemSetup config, string? actorSystemName, string? testActorName)
    {
        WorldPump pump = PumpOf(system);
        var outer = new OuterState();
        KitSystem.UseInlineTestActors(system);
        // Named here, because Akka's own names count per process.
        base.InitializeTest(system, config, actorSystemName, testActorName ?? $"testActor-{pump.NextTestActor()}");
        _waits = new VirtualWaits(this, pump, Assertions);
        KitSystem.ListenToLog(system, pump);
        if (pump.Body is { Ended: false } body)
        {
            // Another kit in a test that already has one: the test belongs to the first.
            _body = body;
            outer.RestoreContext();
        }
        else
        {
            ActorCell? sender = this is INoImplicitSender ? null : InternalCurrentActorCellKeeper.Current;
            _body = new TestBody(pump, GetType(), sender, outer);
            _isFirst = true;
            pump.Body = _body;
        }
        BaseTypedWaits.Install(this, _waits);
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (_body.Ended)
        {
            return;
        }
        _isDisposing = true;
        if (World.Exploring is null)
        {
            // The test runner shows this line with a failure.
            Output?.WriteLine(
                $"Simulated with seed {World.Seed} up to {World.Now:c}; {SeedVariable} sets another seed.");
        }
        try
        {
            base.Dispose(disposing);
        }
        finally
        {
            if (_isFirst)
            {
                _body.End();
            }
        }
    }

    internal static WorldPump PumpOf(ActorSystem system) => SimulatedSystem.WorldOf(system) is { } world
        ? WorldPump.Of(world)
        : throw new ArgumentException(
            "The system is not a simulated one; make it by SimulatedSystem.Create, or let the kit make it.",
            nameof(system));

    private static ulong SeedOfEnvironment() => Environment.GetEnvironmentVariable(SeedVariable) is { Length: > 0 } text
        ? ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out ulong seed)
            ? seed
            : throw new FormatException($"{SeedVariable} is '{text}', which is not a number of 64 bits.")
        : DefaultSeed;
}
