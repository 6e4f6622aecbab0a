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
    private ScenarioResult _figures;

    /// <exception cref="ScenarioException">A group names an application that there is not.</exception>
    public ScenarioRun(Scenario scenario, ulong seed, RunOptions options)
    {
        _scenario = scenario;
        _options = options;
        _figures = new ScenarioResult { Scenario = scenario.Name, Seed = seed };
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
            ScenarioResult result = _figures with
            {
                VirtualTime = end.VirtualTime,
                Frames = end.Frames,
                TraceHash = end.TraceHash.ToString("x16"),
                Seen = [.. _cluster.Seen],
            };
            string[] missed =
            [
                .. _scenario.Expect.Compare(result).Where(static one => !one.IsMet).Select(static one => $"{one}"),
            ];
            return missed.Length == 0 ? result : result with { Failure = $"expect: {string.Join("; ", missed)}" };
        }
        catch (ScenarioFailedException failed)
        {
            return _figures with
            {
                Failure = failed.Message,
                VirtualTime = _cluster.World.Now,
                TraceHash = _cluster.World.TraceHash.ToString("x16"),
                Seen = [.. _cluster.Seen],
            };
        }
    }

    /// <summary>How far the run has come. Any thread may ask.</summary>
    public ScenarioProgress ProgressAt(TimeSpan elapsed) => new(
        _figures.Seed, _cluster.Begun?.Now ?? TimeSpan.Zero, _scenario.Duration, elapsed, _cluster.Begun?.Steps ?? 0,
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
        return _figures with
        {
            VirtualTime = now,
            Failure = $"blocked: a step of {where} has not ended within {_scenario.LongestStep:c} of real time, "
                + $"because {who} blocks or never ends.{Environment.NewLine}"
                + $"  seed {_figures.Seed}, virtual time {now:c}",
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
            ClusterNode[] up = [.. cluster.Nodes.Where(_spread.IsReceiver)];
            if (up.Length > 0)
            {
                await _spread.SendAsync(cluster, up[random.Next(up.Length)], load.Bytes);
            }
        }

        await cluster.Delay(_scenario.Duration - cluster.World.Now + s_tail);
    }

    private static Random Chance(Cluster cluster, string purpose) =>
        cluster.World.CreateRandom(SimulatedWorld.DriverNode, 0, purpose);

    private void Settle(SortedDictionary<string, int> reasons)
    {
        (double reach, IReadOnlyList<TimeSpan> delays) = _spread.End();
        ClusterAsk[] asks = [.. _cluster.Nodes.SelectMany(static node => node.Asks)];
        NodeStatistics[] statistics =
            [.. _cluster.Nodes.Where(static node => node.IsUp).Select(static node => node.Node.Statistics)];
        long first = statistics.Sum(static node => node.BroadcastsReceived);
        long again = statistics.Sum(static node => node.DuplicateBroadcasts);
        _figures = _figures with
        {
            Bytes = statistics.Sum(static node => node.BytesSent),
            BytesPerNode = _cluster.Network.BytesSent / _cluster.Nodes.Count,
            MostHeldBytes = _sampler.MostHeldBytes,
            Broadcasts = _spread.Count,
            Reach = reach,
            DeliveryP50 = At(delays, 0.50),
            DeliveryP90 = At(delays, 0.90),
            DeliveryP99 = At(delays, 0.99),
            DeliveryMax = At(delays, 1),
            Copies = first == 0 ? 0 : (double)(first + again) / first,
            Asks = asks.Length,
            Answered = Share(asks.Count(static ask => ask is { EndedAt: not null, Failure: null }), asks.Length),
            AsksEnded = Share(asks.Count(static ask => ask.EndedAt is not null), asks.Length),
            Streams = _tally.Streams,
            Streamed = Share(_tally.StreamsCompleted, _tally.Streams),
            Reasons = new SortedDictionary<string, int>(reasons, StringComparer.Ordinal),
        };
        _options.Recorder?.Settle(_cluster, _spread, delays);
    }

    private static double Share(int count, int all) => all == 0 ? 1 : (double)count / all;

    private static TimeSpan At(IReadOnlyList<TimeSpan> sorted, double share) =>
        sorted.Count == 0
            ? TimeSpan.Zero
            : sorted[Math.Min(sorted.Count - 1, (int)Math.Ceiling(share * sorted.Count) - 1)];

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
