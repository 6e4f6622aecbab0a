using System.Text.Json;
using ActorP2P.Protocol;

namespace ActorP2P.Simulation;

/// <summary>One run of a scenario with one seed.</summary>
internal sealed class ScenarioRun
{
    // The time for messages on their way to arrive after the nodes have stopped sending.
    private static readonly TimeSpan s_tail = TimeSpan.FromSeconds(10);

    // The application that every scenario has.
    private const string Chain = "chain";

    private readonly Scenario _scenario;
    private readonly RunOptions _options;
    private readonly Cluster _cluster;
    private readonly Spread _spread;
    private readonly WorkloadTally _tally = new();
    private readonly Dictionary<string, ScenarioApplication> _applications;
    private readonly RunSampler _sampler;
    private readonly ulong _seed;
    private RunFigures _figures = new();

    /// <exception cref="ScenarioException">
    /// A group names an application that there is not, or the scenario is spread and cannot be.
    /// </exception>
    public ScenarioRun(Scenario scenario, ulong seed, RunOptions options)
    {
        _scenario = scenario;
        _options = options;
        _seed = seed;
        SpreadCheck.Require(scenario);
        _applications = MakeApplications(scenario);
        _spread = new Spread(scenario.Members.Strangers);
        _sampler = new RunSampler(scenario, _spread, options.Recorder);
        _cluster = Describe(seed);
    }

    public ScenarioResult Run()
    {
        try
        {
            ClusterResult end = _cluster.Run(PlayAsync, _scenario.Duration + TimeSpan.FromHours(1));
            ScenarioResult result = Gather(end);
            string[] missed =
            [
                .. _scenario.Expect.Compare(result).Where(static one => !one.IsMet).Select(static one => $"{one}"),
            ];
            return missed.Length == 0 ? result : result with { Failure = $"expect: {string.Join("; ", missed)}" };
        }
        catch (Exception failed) when (failed is ScenarioFailedException or WorldPartException)
        {
            _cluster.Part?.Fail(failed.Message);
            return SoFar() with
            {
                Failure = failed.Message,
                VirtualTime = _cluster.World.Now,
                TraceHash = _cluster.World.TraceHash.ToString("x16"),
                Seen = [.. _cluster.Seen],
            };
        }
    }

    /// <summary>Whether the run has failed because another part of the world was lost.</summary>
    public bool HasLostPart => _cluster.Part?.HasLostPart == true;

    /// <summary>Whether the run has failed because another part of the world has told it to.</summary>
    public bool WasTold => _cluster.Part?.WasTold == true;

    /// <summary>Whether the run waits for another part of the world. Any thread may ask.</summary>
    public bool IsWaiting => _cluster.Part?.IsWaiting == true;

    /// <summary>How far the run has come. Any thread may ask.</summary>
    public ScenarioProgress ProgressAt(TimeSpan elapsed) => new(
        _seed, _cluster.Begun?.Now ?? TimeSpan.Zero, _scenario.Duration, elapsed, _cluster.Begun?.Steps ?? 0,
        _cluster.Nodes.Count(static node => node.IsUp));

    /// <summary>Ends the run after its current step. Any thread may call it.</summary>
    public void Interrupt() => _cluster.Interrupt();

    /// <summary>The result of a run whose current step does not end. Any thread may ask.</summary>
    public ScenarioResult Blocked()
    {
        int key = _cluster.Begun?.Stepping ?? SimulatedWorld.DriverNode;
        TimeSpan now = _cluster.Begun?.Now ?? TimeSpan.Zero;
        string where = key >= 0 && key < _cluster.Nodes.Count ? _cluster.Nodes[key].Name : "the scenario's own program";
        string who = _cluster.Checking is { } checker
            ? $"the checker {checker.Name}"
            : "a handler, an application or a checker";
        return SoFar() with
        {
            VirtualTime = now,
            Failure = $"blocked: a step of {where} has not ended within {_scenario.LongestStep:c} of real time, "
                + $"because {who} blocks or never ends.{Environment.NewLine}"
                + $"  seed {_seed}, virtual time {now:c}",
        };
    }

    private static Dictionary<string, ScenarioApplication> MakeApplications(Scenario scenario)
    {
        Dictionary<string, ScenarioApplication> made = new(StringComparer.Ordinal);
        foreach (ScenarioGroup group in scenario.Members.Groups)
        {
            if (group.Application is { } name && !made.ContainsKey(name))
            {
                made[name] = scenario.Applications.TryGetValue(name, out Func<ScenarioApplication>? make) ? make()
                    : name == Chain ? new ChainApplication(scenario.Duration)
                    : throw new ScenarioException(
                        $"The group {group.Name} names the application '{name}'; allowed: " + string.Join(
                            ", ", scenario.Applications.Keys.Append(Chain).Order(StringComparer.Ordinal)) + ".");
            }
        }

        return made;
    }

    private Cluster Describe(ulong seed)
    {
        Cluster cluster = _scenario.Link(Cluster.Of(_scenario.Members.Names, _scenario.Name))
            .WithSeed(seed)
            .LinkedBy(_scenario.Network)
            .WithSettings((node, first) => _scenario.Members.GroupOf(node.Key).Settings with
            {
                NetworkId = first.NetworkId,
                Listen = first.Listen,
                Bootstrap = first.Bootstrap,
                MemoryBudget = _scenario.Members.GroupOf(node.Key).Settings.MemoryBudget ?? first.MemoryBudget,
            })
            .WithLate(_scenario.Members.Late)
            .Excusing(_scenario.Members.Strangers)
            .CheckedBy(new ScenarioFigures(this));
        if (_scenario.Regions.Count + _scenario.Classes.Count > 0)
        {
            cluster.Placed(world => new ScenarioPlan(
                _scenario, purpose => world.CreateRandom(SimulatedWorld.DriverNode, 0, purpose)));
        }

        if (_scenario.Spread is not null)
        {
            SimulationOptions options = new()
            {
                LookAhead = WorldCut.LeastLatency(_scenario), Threads = _options.Threads,
            };
            cluster.InParts(options, _options.Part ?? (plan => new WorldPart(
                WorldCut.Of(_scenario, plan, 1), 0, 0, null, ["this process"])));
        }

        if (_scenario.Traffic is { } traffic)
        {
            cluster.WithTraffic(traffic);
        }

        foreach (Checker checker in _applications.Values.SelectMany(static application => application.Checkers))
        {
            cluster.CheckedBy(checker);
        }

        foreach (Func<Checker> make in _scenario.Checkers)
        {
            cluster.CheckedBy(make());
        }

        if (_options.Replay is { } replay)
        {
            cluster.CheckedBy(replay);
            cluster.Noted = (node, what) => replay.Note(cluster, node, what);
        }

        Program(cluster);
        return cluster;
    }

    private void Program(Cluster cluster)
    {
        if (_scenario.Broadcasts is not null || _scenario.Workloads.Count > 0)
        {
            cluster.WhereEveryNode((protocol, node) => protocol.OnBroadcast<SpreadNews>((news, _) =>
            {
                _spread.Arrive(news.Number, node, cluster.World.Now);
                return Verdict.Accept;
            }));
        }

        if (_scenario.Workloads.Count > 0)
        {
            cluster.WhereEveryNode(WorkloadRun.Register);
        }

        if (_applications.Count > 0)
        {
            ApplicationHost host = new(cluster, node => _scenario.Members.GroupOf(node.Key).Application is { } name
                ? _applications[name]
                : null);
            cluster.WhereEveryNode(host.Configure);
            cluster.Started = host.Start;
        }

        foreach (TimelineEntry entry in _scenario.Timeline)
        {
            cluster.At(entry.At, faults => entry.Apply(cluster, faults, Chance(cluster, $"timeline {entry.Name}")));
        }
    }

    private async Task PlayAsync(Cluster cluster)
    {
        _sampler.Begin(cluster);
        foreach (Workload work in _scenario.Workloads)
        {
            _ = new WorkloadRun(work, cluster, _spread, _tally).PlayAsync();
        }

        Random random = Chance(cluster, "broadcasts");
        while (_scenario.Broadcasts is { } load && cluster.World.Now + load.Every <= _scenario.Duration)
        {
            await cluster.Delay(load.Every);
            ClusterNode[] up = [.. cluster.Nodes.Where(_spread.IsSender)];
            if (up.Length > 0)
            {
                _spread.Send(cluster, up[random.Next(up.Length)], load.Bytes);
            }
        }

        await cluster.Delay(_scenario.Duration - cluster.World.Now + s_tail);
    }

    private static Random Chance(Cluster cluster, string purpose) =>
        cluster.World.CreateRandom(SimulatedWorld.DriverNode, 0, purpose);

    private void Settle(SortedDictionary<string, int> reasons)
    {
        (int expected, IReadOnlyList<TimeSpan> delays) = _spread.End();
        ClusterAsk[] asks = [.. _cluster.Nodes.SelectMany(static node => node.Asks)];
        NodeStatistics[] statistics =
            [.. _cluster.Nodes.Where(static node => node.IsUp).Select(static node => node.Node.Statistics)];
        _figures = new RunFigures
        {
            Bytes = statistics.Sum(static node => node.BytesSent),
            BytesSent = _cluster.Network.BytesSent,
            MostHeldBytes = _sampler.MostHeldBytes,
            Broadcasts = _spread.Count,
            Expected = expected,
            Delays = [.. delays.Select(static delay => delay.Ticks)],
            FirstCopies = statistics.Sum(static node => node.BroadcastsReceived),
            FurtherCopies = statistics.Sum(static node => node.DuplicateBroadcasts),
            Asks = asks.Length,
            Answered = asks.Count(static ask => ask is { EndedAt: not null, Failure: null }),
            AsksEnded = asks.Count(static ask => ask.EndedAt is not null),
            Streams = _tally.Streams,
            StreamsCompleted = _tally.StreamsCompleted,
            Reasons = new SortedDictionary<string, int>(reasons, StringComparer.Ordinal),
        };
        _options.Recorder?.Settle(_cluster, _spread, delays);
    }

    private ScenarioResult SoFar() => _figures.ToResult(_scenario.Name, _seed, _cluster.Nodes.Count);

    /// <summary>The result of the whole world. Every part computes the same one.</summary>
    private ScenarioResult Gather(ClusterResult end)
    {
        WorldPart? part = _cluster.Part;
        RunFigures own = _figures with
        {
            Frames = end.Frames,
            Seen = [.. _cluster.Seen],
            Events = _cluster.World.Steps,
            Traces = part is null ? [] : new SortedDictionary<int, ulong>(_cluster.Nodes.Where(_cluster.Has)
                .ToDictionary(static node => node.Key, node => _cluster.World.TraceOf(node.Key))),
        };
        if (part is null)
        {
            return own.ToResult(_scenario.Name, _seed, _cluster.Nodes.Count) with
            {
                VirtualTime = end.VirtualTime, TraceHash = end.TraceHash.ToString("x16"),
            };
        }

        RunFigures[] all = [.. part.Gather(JsonSerializer.SerializeToUtf8Bytes(own))
            .Select(static bytes => JsonSerializer.Deserialize<RunFigures>(bytes)!)];
        RunFigures sum = RunFigures.Sum(all);
        ulong hash = SimulatedWorld.Combine(_seed, sum.Traces.Select(static node => (node.Key, node.Value)));
        return sum.ToResult(_scenario.Name, _seed, _cluster.Nodes.Count) with
        {
            VirtualTime = end.VirtualTime,
            TraceHash = hash.ToString("x16"),
            Spread = part.Parts == 1
                ? null
                : new SpreadFigures(part.Windows, [.. all.Select(static one => one.Events)]),
        };
    }

    /// <summary>
    /// Collects the figures of the run when it has recovered from its faults, and fails it when a handler fails.
    /// </summary>
    private sealed class ScenarioFigures(ScenarioRun run) : Checker
    {
        private readonly SortedDictionary<string, int> _reasons = new(StringComparer.Ordinal);

        public override string Name => "scenario";

        protected internal override void OnNodeEvent(ClusterNode node, NodeEvent happened)
        {
            Sometimes(happened.GetType().Name);
            if (happened is PeerDisconnected ended)
            {
                string reason = ended.Reason.ToString();
                _reasons[reason] = _reasons.GetValueOrDefault(reason) + 1;
            }
            else if (happened is HandlerFailed { Exception: not (P2PException or OperationCanceledException) } failed)
            {
                Fail($"A handler of {node.Name} threw {failed.Exception.GetType().Name}: {failed.Exception.Message}",
                    node.Name);
            }
        }

        protected internal override void OnNetwork(in NetworkEvent happened) => Sometimes(happened.Kind.ToString());

        protected internal override void OnSettled() => run.Settle(_reasons);
    }
}
