using System.Collections.Immutable;
using Akka.Actor;
using Akka.Dispatch;
using Akka.Dispatch.MessageQueues;

namespace ActorP2P.Determinism;

/// <summary>
/// One run of an exploration: it decides which turn comes next and what goes wrong, keeps its decisions, and keeps what
/// followed from what. A world that is given one runs by it.
/// </summary>
internal sealed class ScheduleRun
{
    /// <summary>The name of the driving program in schedules and diagrams.</summary>
    public const string ProgramName = "test";

    private const int StepsBetweenLooks = 64;
    private const int GoesOnOneIn = 4;

    [ThreadStatic]
    private static ScheduleRun? t_next;

    private readonly RunSetup _setup;
    private readonly Dictionary<ActorCell, Lane> _lanesOfCells = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<string, Lane> _lanes = new(StringComparer.Ordinal);
    private readonly Dictionary<SystemBinding, string> _prefixes = [];
    private readonly List<ExploredQueue> _queues = [];
    private readonly long _deadline;
    private Ambient _now;
    private int _occasions;
    private int _workload;
    private bool _waitedInVain;

    public ScheduleRun(RunSetup setup)
    {
        _setup = setup;
        Tape = new DecisionTape(setup.Seed, setup.Replayed);
        Trace = new CausalTrace(setup);
        Program = LaneOf(ProgramName);
        Faults = new RunFaults(setup.Faults, Tape);
        Flow = new MessageFlow(this);
        Claims = new ClaimTally();
        _now = new Ambient(Program, null);
        _deadline = Environment.TickCount64 + (long)setup.RealLimit.TotalMilliseconds;
    }

    public ulong Seed => _setup.Seed;

    public DecisionTape Tape { get; }

    public CausalTrace Trace { get; }

    public RunFaults Faults { get; }

    public MessageFlow Flow { get; }

    public ClaimTally Claims { get; }

    /// <summary>The pairs of types that the run has seen, if its strategy looks for them.</summary>
    public SeenPairs? Seen => (_setup.Strategy as UnseenPairsStrategy)?.Own;

    /// <summary>The driving program.</summary>
    public Lane Program { get; }

    /// <summary>The lanes of all actors so far.</summary>
    public IEnumerable<Lane> Lanes => _lanes.Values;

    /// <summary>How many turns have been taken.</summary>
    public int Steps { get; private set; }

    /// <summary>The world of the run, once it is made.</summary>
    public SimulatedWorld? World { get; private set; }

    /// <summary>Whose code is running, for reports from other threads.</summary>
    public string Running => _now.Lane.Name;

    /// <summary>Where the run failed; null while it has not.</summary>
    public FailurePoint? Failure { get; private set; }

    /// <summary>In whose name code runs now.</summary>
    public Ambient Now
    {
        get => _now;
        set => _now = value;
    }

    /// <summary>The run for the next world that this thread makes; it is taken once.</summary>
    public static ScheduleRun? TakeNext()
    {
        ScheduleRun? next = t_next;
        t_next = null;
        return next;
    }

    /// <summary>Sets the run for the next world that this thread makes.</summary>
    public static void SetNext(ScheduleRun? run) => t_next = run;

    public void Attach(SimulatedWorld world) => World = World is null
        ? world
        : throw new InvalidOperationException("A schedule runs one world only.");

    /// <summary>Makes the queue of a node.</summary>
    public ExploredQueue QueueOf(bool isDriver)
    {
        ExploredQueue queue = new(this, isDriver);
        _queues.Add(queue);
        return queue;
    }

    /// <summary>The run so far, to be played again. What it has left undone is postponed beyond its end.</summary>
    public Schedule Recorded()
    {
        IEnumerable<Decision> left = _queues.Where(static queue => !queue.IsDriver)
            .SelectMany(static queue => queue.Left)
            .Select(turn => new Decision(turn.Key, Tape.IsReplay ? Tape.Given(turn.Key) : Steps - turn.Since + 1));
        Schedule taken = Tape.Schedule;
        return taken with { Decisions = [.. taken.Decisions, .. left.Where(static one => one.Value > 0)] };
    }

    /// <summary>Describes work that has become ready.</summary>
    public Turn Ready(in ReadyItem item)
    {
        Mailbox? mailbox = item.Mailbox as Mailbox ?? (item.Mailbox as PriorityRun)?.Mailbox;
        if (mailbox is not null && _lanesOfCells.TryGetValue(AkkaPrivates.ActorOf(mailbox), out Lane? lane))
        {
            return new Turn(item, lane, IsMailbox: true, ++lane.Turns, Steps, null);
        }
        lane = _now.Lane;
        return new Turn(item, lane, IsMailbox: false, ++lane.Continuations, Steps, _now.Cause);
    }

    /// <summary>Which of the ready turns comes next.</summary>
    public int Pick(List<Turn> ready)
    {
        if (Steps % StepsBetweenLooks == 0 && Environment.TickCount64 > _deadline)
        {
            throw new NeverEndsException(_setup.RealLimit, $"{ready[0].Lane}", Seed, World!.Now);
        }
        if (Tape.IsReplay)
        {
            return Postponed.Pick(ready, Tape);
        }
        int index = ready.Count == 1 ? 0 : _setup.Strategy.Next(ready, Steps);
        Turn picked = ready[index];
        _setup.Strategy.Taken(picked);
        Tape.Record(picked.Key, Steps - picked.Since);
        return index;
    }

    public void Begin(Turn turn)
    {
        Steps++;
        if (!turn.IsMailbox)
        {
            Enter(turn.Lane, turn.Cause);
            return;
        }
        HandleSystem(turn.Lane);
        turn.Lane.IsTurnOver = false;
        _now = new Ambient(turn.Lane, null);
    }

    /// <summary>A turn is over: shows the state of its actor, and crashes it if that was decided.</summary>
    public void End(IRunnable? mailbox)
    {
        if ((mailbox as Mailbox ?? (mailbox as PriorityRun)?.Mailbox) is not { } box)
        {
            return;
        }
        ActorCell cell = AkkaPrivates.ActorOf(box);
        if (!_lanesOfCells.TryGetValue(cell, out Lane? lane))
        {
            return;
        }
        if (_setup is { IsShown: true, State: { } state } && AkkaPrivates.InstanceOf(cell) is { } actor
            && lane.Last is { } last && state(actor) is { } shown && shown != lane.Shown)
        {
            lane.Shown = shown;
            (last.Notes ??= []).Add(shown);
        }
        if (lane.CrashesAfterTurn)
        {
            lane.CrashesAfterTurn = false;
            AkkaPrivates.Fail(cell, new SimulatedCrashException(lane.Name));
        }
    }

    /// <summary>Continues in the name of a lane with what follows from an event.</summary>
    public void Enter(Lane lane, CausalEvent? cause)
    {
        if (lane == Program)
        {
            Trace.Join(Program, cause, World!.Now);
            cause = null;
        }
        _now = new Ambient(lane, cause);
    }

    /// <summary>A loop of the world is over: whoever called it goes on.</summary>
    public void Return(in Ambient caller, bool isOutermost, bool waitedInVain)
    {
        _now = isOutermost ? new Ambient(Program, null) : caller;
        if (isOutermost)
        {
            _waitedInVain = waitedInVain;
            JoinInline();
        }
    }

    /// <summary>An actor handles a message inside the call that sends it.</summary>
    /// <returns>Who sends, to go on afterwards.</returns>
    public Ambient EnterInline(IRunnable run)
    {
        Ambient outer = _now;
        if (run is Mailbox mailbox && _lanesOfCells.TryGetValue(AkkaPrivates.ActorOf(mailbox), out Lane? lane))
        {
            HandleSystem(lane);
            _now = new Ambient(lane, null);
        }
        return outer;
    }

    /// <summary>Goes on in the name of who has sent.</summary>
    public void LeaveInline(Ambient? outer) => _now = outer ?? _now;

    /// <summary>Whether the driving program goes on now although actors still have work.</summary>
    public bool GoesOn() =>
        Tape.Choose(new DecisionKey(DecisionKind.Program, ProgramName, ++_occasions), 2, GoesOnOneIn) == 1;

    /// <summary>A choice of the workload.</summary>
    public int ChooseWorkload(int count) => count < 2
        ? 0
        : Tape.ChooseEvenly(new DecisionKey(DecisionKind.Workload, ProgramName, ++_workload), count);

    /// <summary>An actor begins to live: its mailbox is observed from now on.</summary>
    public void Start(ActorCell cell, SystemBinding binding, bool isInline)
    {
        Lane lane = LaneOf(Prefix(binding) + StableName.Of(cell.Self.Path.ToStringWithoutAddress()));
        lane.ActorType = cell.Props.Type;
        lane.IsInline = isInline;
        lane.IsGuardian = cell.Props.Type == typeof(GuardianActor) || cell.Props.Type == typeof(SystemGuardianActor);
        _lanesOfCells[cell] = lane;
        Trace.Join(lane, _now.Cause, World!.Now);
        // Other types of mailboxes, such as a logger's, have a queue of their own.
        if (cell.Mailbox is { } mailbox && mailbox.GetType() == typeof(Mailbox))
        {
            ref IMessageQueue queue = ref AkkaPrivates.QueueOf(mailbox);
            if (queue is not ObservedQueue)
            {
                queue = ObservedQueue.Around(this, cell, lane, queue);
            }
        }
    }

    public Lane? LaneOf(ActorCell cell) => _lanesOfCells.GetValueOrDefault(cell);

    /// <summary>The driving program learns of what its test actors have received.</summary>
    public void JoinInline()
    {
        foreach (Lane lane in _lanes.Values)
        {
            if (lane.IsInline)
            {
                Trace.Join(Program, lane.Last, World!.Now);
            }
        }
    }

    /// <summary>The run fails here; the first call counts.</summary>
    public void MarkFailure()
    {
        if (Failure is not null)
        {
            return;
        }
        bool isOfProgram = _now.Lane == Program;
        if (isOfProgram && World is not null)
        {
            JoinInline();
        }
        Failure = new FailurePoint
        {
            At = _now.Cause,
            Ends = [.. _lanes.Values.Where(CausalPast.IsUsers).Select(static lane => lane.Last).OfType<CausalEvent>()],
            Sent = Trace.Sent,
            Handled = Trace.HandledCount,
            Time = World?.Now ?? TimeSpan.Zero,
            IsOfProgram = isOfProgram,
            IsInVain = isOfProgram && _waitedInVain,
        };
    }

    /// <summary>Adds a line to what a diagram shows at the present event.</summary>
    public void Show(string note)
    {
        if (_setup.IsShown && _now.Cause is { } present)
        {
            (present.Notes ??= []).Add(note);
        }
    }

    public Lane LaneOf(string name)
    {
        if (!_lanes.TryGetValue(name, out Lane? lane))
        {
            _lanes[name] = lane = new Lane(name);
        }
        return lane;
    }

    private void HandleSystem(Lane lane)
    {
        foreach (CausalEvent message in lane.System)
        {
            Trace.Handle(lane, message, World!.Now);
        }
        lane.System.Clear();
    }

    private string Prefix(SystemBinding binding)
    {
        if (!_prefixes.TryGetValue(binding, out string? prefix))
        {
            _prefixes[binding] = prefix = _prefixes.Count == 0 ? "" : $"{_prefixes.Count + 1}:";
        }
        return prefix;
    }
}
