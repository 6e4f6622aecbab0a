namespace ActorP2P.Actors;

/// <summary>A hierarchy of actors with what they share: clock, event stream, dead letters, settings.</summary>
public sealed partial class ActorSystem : IActorRefFactory, IDisposable
{
    private readonly TaskCompletionSource _terminated;
    private readonly DeadlineWheel? _deadlines;
    private readonly BlockingWatchdog? _watchdog;
    private long _lastUid;
    private long _lastTemp;

    private ActorSystem(string name, EngineSetup setup)
    {
        Name = name;
        Setup = setup;
        Node = setup.Deterministic?.Join(setup.NodeKey);
        Incarnation = Node?.NextIncarnation() ?? 0;
        TimeProvider time = Node?.Time ?? setup.TimeProvider;
        Time = setup.TimeDecorator?.Invoke(time) ?? time;
        _terminated = new TaskCompletionSource(Node is null
            ? TaskCreationOptions.RunContinuationsAsynchronously
            : TaskCreationOptions.None);
        Settings = new Settings(this, setup.Config);
        StartTime = Time.GetUtcNow();
        Scheduler = new Scheduler(Time);
        _deadlines = Node is null ? new DeadlineWheel(Time) : null;
        Dispatchers = new Dispatchers(this);
        ActorPath root = new RootActorPath(new Address("akka", name));
        Root = new RootRef(this, root);
        DeadLetters = new DeadLetterRef(this, root / "deadLetters");
        Props guardian = Props.Create<GuardianActor>();
        SystemGuardian = new LocalActorRef(this, new ChildActorPath(root, "system", NextUid()), guardian, Root);
        UserGuardian = new LocalActorRef(this, new ChildActorPath(root, "user", NextUid()), guardian, Root);
        SystemGuardian.Cell.Mailbox.Start();
        UserGuardian.Cell.Mailbox.Start();
        Log = Logging.GetLogger(this, name);
        Shutdown = new CoordinatedShutdown(this);
        _watchdog = Node is null && Settings.BlockingWarning > TimeSpan.Zero
            ? new BlockingWatchdog(this, Settings.BlockingWarning)
            : null;
    }

    /// <summary>The name.</summary>
    public string Name { get; }

    /// <summary>The settings.</summary>
    public Settings Settings { get; }

    /// <summary>What the system was made of; ours.</summary>
    public EngineSetup Setup { get; }

    /// <summary>When the system was made.</summary>
    public DateTimeOffset StartTime { get; }

    /// <summary>How long the system has been there.</summary>
    public TimeSpan Uptime => Scheduler.MonotonicClock;

    /// <summary>Where messages without recipient go.</summary>
    public IActorRef DeadLetters { get; }

    /// <summary>Events within the system.</summary>
    public EventStream EventStream { get; } = new();

    /// <summary>The timetable.</summary>
    public IScheduler Scheduler { get; }

    /// <summary>Logs in the name of the system.</summary>
    public ILoggingAdapter Log { get; }

    /// <summary>Completes when the system has terminated.</summary>
    public Task WhenTerminated => ActorsStopped;

    /// <summary>The system's clock and source of timers, virtual in a simulation; ours.</summary>
    public TimeProvider TimeProvider => Time;

    internal TimeProvider Time { get; }

    internal SimulatedNode? Node { get; }

    /// <summary>How many systems of this node came before in the simulation; 0 outside of one.</summary>
    internal int Incarnation { get; }

    internal Task ActorsStopped => _terminated.Task;

    internal CoordinatedShutdown Shutdown { get; }

    internal Dispatchers Dispatchers { get; }

    internal RootRef Root { get; }

    internal LocalActorRef UserGuardian { get; }

    internal LocalActorRef SystemGuardian { get; }

    /// <summary>Makes a system on the thread pool with an empty configuration.</summary>
    public static ActorSystem Create(string name) => Create(name, new EngineSetup());

    /// <summary>Makes a system on the thread pool.</summary>
    public static ActorSystem Create(string name, Config config) => Create(name, new EngineSetup { Config = config });

    /// <summary>Makes a system, also one that takes part in a simulation; ours.</summary>
    /// <exception cref="ArgumentException">The name has other characters than letters, digits and inner dashes.</exception>
    public static ActorSystem Create(string name, EngineSetup setup)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentNullException.ThrowIfNull(setup);
        if (name[0] is '-' or '_' || !name.All(static letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_'))
        {
            throw new ArgumentException($"Invalid actor system name '{name}': letters, digits, - and _ only.", nameof(name));
        }
        return new ActorSystem(name, setup);
    }

    /// <inheritdoc/>
    public IActorRef ActorOf(Props props, string? name = null)
    {
        Node?.CheckThread();
        return UserGuardian.Cell.MakeChild(props, name);
    }

    /// <inheritdoc/>
    public ActorSelection ActorSelection(ActorPath actorPath) => new(Root, actorPath.ToStringWithoutAddress());

    /// <inheritdoc/>
    public ActorSelection ActorSelection(string actorPath) => new(
        Root, ActorPath.TryParse(actorPath, out ActorPath? parsed) ? parsed.ToStringWithoutAddress() : actorPath);

    /// <summary>Stops an actor after the message it is handling.</summary>
    public void Stop(IActorRef actor)
    {
        Node?.CheckThread();
        ((IInternalActorRef)actor).SendSystem(new TerminateMessage());
    }

    /// <summary>Terminates without waiting.</summary>
    public void Dispose() => Terminate();

    /// <summary>The name as a local address: <c>akka://name</c>.</summary>
    public override string ToString() => Root.Path.Address.ToString();

    internal IActorRef SystemActorOf(Props props, string? name = null) => SystemGuardian.Cell.MakeChild(props, name);

    /// <summary>A stream of random numbers: replayable in a simulation, unpredictable outside of one.</summary>
    internal Random CreateRandom(string purpose) =>
        Setup.Deterministic?.CreateRandom(Setup.NodeKey, Incarnation, purpose) ?? new Random();

    internal long NextUid() => Interlocked.Increment(ref _lastUid);

    internal ActorPath NextTempPath() => Root.Path / "temp" / AnonymousNames.Of(Interlocked.Increment(ref _lastTemp) - 1);

    internal IDisposable StartDeadline(IExpiring target, TimeSpan timeout) => _deadlines is not null
        ? _deadlines.Add(target, timeout)
        : Time.CreateTimer(static state => ((IExpiring)state!).Expire(), target, timeout, Timeout.InfiniteTimeSpan);
}
