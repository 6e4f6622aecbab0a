using System.Diagnostics.CodeAnalysis;

namespace ActorP2P.TestKit;

/// <summary>
/// The base of tests of actors: a system, a test actor, and the expectations of Akka.TestKit under their names. On the thread
/// pool waiting is real; on a deterministic scheduler it runs the simulation, and an hour takes no time.
/// </summary>
public partial class TestKitBase : IDisposable
{
    // As in Akka.TestKit.
    private static readonly TimeSpan ShutdownTimeout = TimeSpan.FromSeconds(10);

    // A simulation's own waits end by themselves; this only keeps the sum within range.
    private static readonly TimeSpan Unlimited = TimeSpan.FromDays(3650);

    private readonly DeterministicScheduler? _scheduler;
    private readonly ProbeQueue _queue;
    private readonly bool _ownsSystem;
    private Envelope? _last;
    private TimeSpan? _end;

    /// <summary>A test on the thread pool.</summary>
    /// <param name="system">The system to test in; null: one of its own, terminated with the test.</param>
    public TestKitBase(ActorSystem? system = null)
        : this(system ?? ActorSystem.Create("test"), "testActor", system is null)
    {
    }

    /// <summary>A test on the thread pool, with a system of its own.</summary>
    /// <param name="config">The system's configuration; <see cref="TestKitSettings"/> says what a test reads of it.</param>
    /// <exception cref="ConfigurationException">A setting of the test is malformed.</exception>
    public TestKitBase(Config config)
        : this(ActorSystem.Create("test", config), "testActor", true)
    {
    }

    /// <summary>A test in virtual time, with a system of its own.</summary>
    /// <param name="scheduler">The simulation.</param>
    /// <param name="nodeKey">The system's number in it.</param>
    /// <param name="config">The system's configuration; <see cref="TestKitSettings"/> says what a test reads of it.</param>
    /// <exception cref="ConfigurationException">A setting of the test is malformed.</exception>
    public TestKitBase(DeterministicScheduler scheduler, int nodeKey = 0, Config? config = null)
        : this(SystemIn(scheduler, nodeKey, config), "testActor", true)
    {
    }

    private protected TestKitBase(ActorSystem system, string? name, bool ownsSystem)
    {
        Sys = system;
        TestKitSettings = new TestKitSettings(system.Settings.Config);
        _scheduler = system.Setup.Deterministic;
        _queue = new ProbeQueue(system);
        _ownsSystem = ownsSystem;
        TestActor = system.SystemActorOf(Props.CreateBy(new TestActor.Producer(_queue)), name is null ? null : UniqueName(name));
    }

    /// <summary>The system under test.</summary>
    public ActorSystem Sys { get; }

    /// <summary>The settings of the test.</summary>
    public TestKitSettings TestKitSettings { get; }

    /// <summary>The actor whose messages this test expects.</summary>
    public IActorRef TestActor { get; }

    /// <summary>Whether a message waits to be taken.</summary>
    public bool HasMessages => _queue.HasMessages;

    /// <summary>Who sent the message that was taken last.</summary>
    /// <exception cref="IllegalActorStateException">The last wait took none.</exception>
    public IActorRef LastSender => _last is { } last
        ? last.Sender ?? Sys.DeadLetters
        : throw new IllegalActorStateException("There is no last sender: the last wait took no message.");

    /// <summary>The message that was taken last; null when the last wait took none.</summary>
    public object? LastMessage => _last?.Message;

    /// <summary>What is left of the surrounding Within, or the default: <see cref="TestKitSettings.SingleExpectDefault"/>, dilated.</summary>
    public TimeSpan RemainingOrDefault => Remaining(null);

    /// <summary>Makes a further test actor with expectations of its own.</summary>
    public TestProbe CreateTestProbe(string? name = null) => new(Sys, name);

    /// <summary>Watches an actor: its end is told as <see cref="Terminated"/>.</summary>
    public IActorRef Watch(IActorRef actorToWatch)
    {
        TestActor.Tell(new TestActor.Watch(actorToWatch), ActorRefs.NoSender);
        return actorToWatch;
    }

    /// <summary>Watches an actor no more.</summary>
    public IActorRef Unwatch(IActorRef actorToUnwatch)
    {
        TestActor.Tell(new TestActor.Unwatch(actorToUnwatch), ActorRefs.NoSender);
        return actorToUnwatch;
    }

    /// <summary>Makes an actor.</summary>
    public IActorRef ActorOf(Props props, string? name = null) => Sys.ActorOf(props, name);

    /// <summary>Makes an actor whose parent is the test actor.</summary>
    public IActorRef ChildActorOf(Props props, string? name = null)
    {
        TaskCompletionSource<IActorRef> made = new();
        TestActor.Tell(new TestActor.Spawn(props, name, made), ActorRefs.NoSender);
        return Block(() => made.Task);
    }

    /// <summary>Lets matching messages pass untaken.</summary>
    public void IgnoreMessages(Func<object, bool> shouldIgnoreMessage) => _queue.Ignore = shouldIgnoreMessage;

    /// <summary>Lets messages of a type pass untaken.</summary>
    public void IgnoreMessages<T>() => _queue.Ignore = static message => message is T;

    /// <summary>Takes all messages again.</summary>
    public void IgnoreNoMessages() => _queue.Ignore = null;

    /// <summary>Lets a pilot answer messages from now on.</summary>
    public void SetAutoPilot(AutoPilot pilot) => _queue.Pilot = pilot ?? throw new ArgumentNullException(nameof(pilot));

    /// <summary>Lets virtual time pass, and everything that is due within it happen.</summary>
    /// <exception cref="InvalidOperationException">The test runs on the thread pool.</exception>
    public void Advance(TimeSpan time) => (_scheduler ?? throw new InvalidOperationException(
        "Time on the thread pool passes by itself; only a test on a deterministic scheduler can advance it.")).RunFor(time);

    /// <summary>Stops an actor and waits for its end.</summary>
    public void Stop(IActorRef actor, TimeSpan? timeout = null)
    {
        TestProbe probe = CreateTestProbe();
        probe.Watch(actor);
        Sys.Stop(actor);
        probe.ExpectTerminated(actor, timeout);
    }

    /// <summary>Ends the test: its actor, and its system when it is its own.</summary>
    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Ends the test.</summary>
    [SuppressMessage("Usage", "CA1816", Justification = "The public Dispose does it.")]
    protected virtual void Dispose(bool disposing)
    {
        if (!disposing)
        {
            return;
        }

        if (!_ownsSystem)
        {
            Sys.Stop(TestActor);
        }
        else if (!Sys.WhenTerminated.IsCompleted)
        {
            Block(async () =>
            {
                await Sys.Terminate().WaitAsync(ShutdownTimeout, Sys.TimeProvider);
                return true;
            });
        }
    }

    /// <summary>Waits where tests may: on the pool by blocking, in a simulation by running it.</summary>
    private protected T Block<T>(Func<Task<T>> wait)
    {
        if (_scheduler is not null)
        {
            return _scheduler.Run(wait, Unlimited);
        }

        // Without a context, or the continuation would wait for the thread that is blocked here.
        SynchronizationContext? outer = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(null);
        try
        {
            return wait().GetAwaiter().GetResult();
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(outer);
        }
    }

    private static ActorSystem SystemIn(DeterministicScheduler scheduler, int nodeKey, Config? config) => ActorSystem.Create(
        "test", new EngineSetup { Deterministic = scheduler, NodeKey = nodeKey, Config = config ?? Config.Empty });

    private string UniqueName(string name) => $"{name}{Sys.NextUid()}";
}
