using System.Text.Json;
using AkkaCluster = Akka.Cluster.Cluster;
using MemberStatus = Akka.Cluster.MemberStatus;

namespace ActorP2P.Simulation;

/// <summary>
/// The single coordinator of a world that is spread over members. It waits for the members, has them connect with each
/// other, begins each seed when all are ready, and collects the results. It takes no part in the windows.
/// </summary>
internal sealed class WorldCoordinatorActor : ReceiveActor, IWithTimers
{
    private static readonly TimeSpan s_lookEvery = TimeSpan.FromSeconds(1);

    // A member that has not said goodbye by then has died, and its failure no longer matters.
    private static readonly TimeSpan s_farewell = TimeSpan.FromSeconds(5);

    private readonly ClusterRunState _state;
    private readonly Dictionary<IActorRef, WorldMessages.Hello> _members = [];
    private readonly SortedDictionary<ulong, ScenarioResult> _results = [];
    private readonly Queue<ulong> _seeds;
    private readonly HashSet<IActorRef> _ready = [];
    private readonly HashSet<IActorRef> _ended = [];
    private List<IActorRef> _running = [];
    private long _run;
    private ulong _seed;
    private int _redone;
    private string? _lost;
    private long _lostAt;
    private bool _isFinished;

    public WorldCoordinatorActor(ClusterRunState state)
    {
        _state = state;
        _seeds = new Queue<ulong>(state.Options.Scenario.Seeds);
        Receive<WorldMessages.Hello>(TakeIn);
        Receive<WorldMessages.Ready>(ready => Note(ready.Run, _ready, Go));
        Receive<WorldMessages.Done>(Note);
        Receive<WorldMessages.Lost>(Note);
        Receive<Terminated>(gone => Lose(gone.ActorRef));
        Receive<Look>(_ => Begin());
        Receive<ReceiveTimeout>(_ => End());
    }

    /// <inheritdoc/>
    public ITimerScheduler Timers { get; set; } = null!;

    private ScenarioSpread Spread => _state.Options.Scenario.Spread!;

    private bool IsRunning => _running.Count > 0;

    private int Failed => _results.Values.Count(static result => !result.Passed);

    protected override void PreStart() =>
        Timers.StartPeriodicTimer(nameof(Look), Look.Instance, s_lookEvery, s_lookEvery);

    private void TakeIn(WorldMessages.Hello hello)
    {
        string? refusal =
            hello.Scenario != _state.Options.Scenario.Digest ? "the coordinator has read another scenario"
            : hello.Version != _state.Version
                ? $"the coordinator runs version {_state.Version}, this member {hello.Version}"
            : !_members.ContainsKey(Sender) && (IsRunning || _members.Count == Spread.Members)
                ? $"the world has its {_members.Count} members"
            : null;
        if (refusal is not null)
        {
            Sender.Tell(new ClusterMessages.Refused(refusal));
            return;
        }

        if (!_members.ContainsKey(Sender))
        {
            Context.Watch(Sender);
            Address address = Sender.Path.Address.HasLocalScope
                ? ((ExtendedActorSystem)Context.System).Provider.DefaultAddress
                : Sender.Path.Address;
            _state.Options.Joined?.Invoke($"{address.Host}:{address.Port}");
        }

        // A member that has run before knows more than a new coordinator does.
        _members[Sender] = hello;
        _run = Math.Max(_run, hello.LastRun);
        foreach (string known in hello.Results)
        {
            Add(JsonSerializer.Deserialize<ScenarioResult>(known)!);
        }

        Sender.Tell(new ClusterMessages.Welcome());
        Begin();
    }

    /// <summary>Begins the next seed when the members are there: all of them, or all that are left.</summary>
    private void Begin()
    {
        if (IsRunning && _lost is not null && IsLate())
        {
            Settle();
        }

        if (IsRunning || _isFinished || _members.Count == 0)
        {
            return;
        }

        bool isAfterLoss = _members.Count < Spread.Members;
        if (isAfterLoss && (_run == 0 || _members.Count < MembersUp()))
        {
            return;
        }

        while (_seeds.TryPeek(out _seed) && _results.ContainsKey(_seed))
        {
            _seeds.Dequeue();
        }

        if (_seeds.Count == 0)
        {
            Finish();
        }
        else if (isAfterLoss && !Spread.IsRunAgain)
        {
            string why = _lost ?? _members.Values.Select(static member => member.LastEnd)
                .FirstOrDefault(static end => end.Length > 0) ?? "a member was lost before the run began";
            Add(new ScenarioResult
            {
                Scenario = _state.Options.Scenario.Name, Seed = _seed, Failure = $"a member was lost: {why}",
            });
            _seeds.Clear();
            Finish();
        }
        else
        {
            _redone += isAfterLoss ? 1 : 0;
            Prepare();
        }
    }

    private void Prepare()
    {
        _run++;
        _lost = null;
        _ready.Clear();
        _ended.Clear();
        _running = [.. _members.OrderBy(static member => member.Value.Host, StringComparer.Ordinal)
            .ThenBy(static member => member.Value.Port).Select(static member => member.Key)];
        string[] hosts = [.. _running.Select(member => _members[member].Host)];
        int[] ports = [.. _running.Select(member => _members[member].Port)];
        for (int number = 0; number < _running.Count; number++)
        {
            _running[number].Tell(new WorldMessages.Prepare(_run, _seed, number, hosts, ports));
        }
    }

    private void Note(long run, HashSet<IActorRef> said, Action whenAll)
    {
        if (run == _run && IsRunning && said.Add(Sender) && _running.TrueForAll(said.Contains))
        {
            whenAll();
        }
    }

    private void Go()
    {
        _state.Options.Began?.Invoke(_seed, _running.Count);
        _running.ForEach(member => member.Tell(new WorldMessages.Go(_run)));
    }

    private void Note(WorldMessages.Done done)
    {
        if (done.Run == _run && IsRunning)
        {
            if (!done.WasTold)
            {
                Add(JsonSerializer.Deserialize<ScenarioResult>(done.Result)!);
            }

            Note(done.Run, _ended, Settle);
        }
    }

    private void Note(WorldMessages.Lost lost)
    {
        if (lost.Run == _run && IsRunning)
        {
            _lost ??= lost.What;
            _lostAt = Environment.TickCount64;
            Note(lost.Run, _ended, Settle);
        }
    }

    /// <summary>
    /// Whether a member that others have lost should have been removed from the cluster by now. It may be healthy, and
    /// only a connection to it broken.
    /// </summary>
    private bool IsLate() => Environment.TickCount64 - _lostAt
        > _state.Options.CoordinatorTimeout.TotalMilliseconds;

    private void Lose(IActorRef member)
    {
        bool wasRunning = _running.Contains(member);
        _members.Remove(member);
        if (_isFinished)
        {
            if (_members.Count == 0)
            {
                End();
            }
        }
        else if (wasRunning)
        {
            _lost ??= $"the member at {member.Path.Address.Host}:{member.Path.Address.Port}";
            Settle();
        }
    }

    /// <summary>The run is over. Members that still run it are told so.</summary>
    private void Settle()
    {
        foreach (IActorRef member in _running)
        {
            member.Tell(new WorldMessages.Abort(_run));
        }

        _running = [];
        if (_lost is not null && _members.Count == Spread.Members && !_results.ContainsKey(_seed))
        {
            Add(new ScenarioResult
            {
                Scenario = _state.Options.Scenario.Name, Seed = _seed,
                Failure = $"a connection between members has ended: {_lost}",
            });
        }

        Begin();
    }

    private void Add(ScenarioResult result)
    {
        if (_results.TryGetValue(result.Seed, out ScenarioResult? known))
        {
            if (known.Passed && result.TraceHash != known.TraceHash)
            {
                _results[result.Seed] = known with
                {
                    Failure = $"two members have the hashes {known.TraceHash} and {result.TraceHash}",
                };
            }
        }
        else
        {
            _results.Add(result.Seed, result);
        }
    }

    private static int MembersUp() => AkkaCluster.Get(Context.System).State.Members.Count(
        static member => member.Status is MemberStatus.Up or MemberStatus.Joining or MemberStatus.WeaklyUp);

    private void Finish()
    {
        _isFinished = true;
        foreach (ScenarioResult result in _results.Values)
        {
            _state.Report(result);
        }

        foreach (IActorRef member in _members.Keys)
        {
            member.Tell(new ClusterMessages.Finished(_results.Count, Failed));
        }

        Context.SetReceiveTimeout(s_farewell);
    }

    private void End() => _state.Complete(new ClusterRunReport(_results.Count, Failed, _redone, [.. _results.Values]));

    /// <summary>Tells the actor to check whether it can begin.</summary>
    private sealed class Look : INotInfluenceReceiveTimeout
    {
        public static Look Instance { get; } = new();
    }
}
