using ActorP2P.Protocol;

namespace ActorP2P.Simulation;

/// <summary>One run of a scenario with one seed.</summary>
internal sealed class ScenarioRun(Scenario scenario, ulong seed)
{
    // The time for messages on their way to arrive after the nodes have stopped sending.
    private static readonly TimeSpan s_tail = TimeSpan.FromSeconds(10);

    private readonly Spread _spread = new();
    private ScenarioResult _figures = new() { Scenario = scenario.Name, Seed = seed };

    public ScenarioResult Run()
    {
        Cluster cluster = Describe();
        try
        {
            ClusterResult end = cluster.Run(PlayAsync, scenario.Duration + TimeSpan.FromHours(1));
            ScenarioResult result = _figures with
            {
                VirtualTime = end.VirtualTime,
                Frames = end.Frames,
                TraceHash = end.TraceHash.ToString("x16"),
            };
            string[] missed = [.. scenario.Expect.Missed(result)];
            return missed.Length == 0 ? result : result with { Failure = $"expect: {string.Join("; ", missed)}" };
        }
        catch (ScenarioFailedException failed)
        {
            return _figures with
            {
                Failure = failed.Message,
                VirtualTime = cluster.World.Now,
                TraceHash = cluster.World.TraceHash.ToString("x16"),
            };
        }
    }

    private Cluster Describe()
    {
        P2PNodeOptions settings = scenario.Settings;
        Cluster cluster = scenario.Link(Cluster.Of(scenario.Nodes, scenario.Name))
            .WithSeed(seed)
            .LinkedBy(scenario.Network)
            .WithSettings(first => settings with
            {
                NetworkId = first.NetworkId,
                Listen = first.Listen,
                Bootstrap = first.Bootstrap,
                MemoryBudget = settings.MemoryBudget ?? first.MemoryBudget,
            })
            .CheckedBy(new ScenarioFigures(this));
        if (scenario.Traffic is { } traffic)
        {
            cluster.WithTraffic(traffic);
        }

        if (scenario.Broadcasts is not null)
        {
            cluster.WhereEveryNode((protocol, node) => protocol.OnBroadcast<SpreadNews>((news, _) =>
            {
                _spread.Arrive(news.Number, node, cluster.World.Now);
                return Verdict.Accept;
            }));
        }

        foreach (TimelineEntry entry in scenario.Timeline)
        {
            cluster.At(entry.At, faults => entry.Apply(cluster, faults, Chance(cluster, $"timeline {entry.Name}")));
        }

        return cluster;
    }

    private async Task PlayAsync(Cluster cluster)
    {
        Random random = Chance(cluster, "broadcasts");
        while (scenario.Broadcasts is { } load && cluster.World.Now + load.Every <= scenario.Duration)
        {
            await cluster.Delay(load.Every);
            ClusterNode[] up = [.. cluster.Nodes.Where(static node => node.IsUp)];
            if (up.Length > 0)
            {
                await BroadcastAsync(cluster, up[random.Next(up.Length)], load);
            }
        }

        await cluster.Delay(scenario.Duration - cluster.World.Now + s_tail);
    }

    private async Task BroadcastAsync(Cluster cluster, ClusterNode origin, BroadcastLoad load)
    {
        int number = _spread.Begin(origin, cluster.Nodes, cluster.World.Now);
        try
        {
            await origin.BroadcastAsync(new SpreadNews(number, load.Bytes));
        }
        catch (Exception gone) when (gone is NodeKilledException or SendException)
        {
            // The origin died. Nodes that its broadcast has reached are counted as for any other broadcast.
        }
    }

    private static Random Chance(Cluster cluster, string purpose) =>
        cluster.World.CreateRandom(SimulatedWorld.DriverNode, 0, purpose);

    private void Settle(Cluster cluster, SortedDictionary<string, int> reasons)
    {
        (double reach, IReadOnlyList<TimeSpan> delays) = _spread.End();
        ClusterAsk[] asks = [.. cluster.Nodes.SelectMany(static node => node.Asks)];
        NodeStatistics[] statistics =
            [.. cluster.Nodes.Where(static node => node.IsUp).Select(static node => node.Node.Statistics)];
        long first = statistics.Sum(static node => node.BroadcastsReceived);
        long again = statistics.Sum(static node => node.DuplicateBroadcasts);
        _figures = _figures with
        {
            Bytes = statistics.Sum(static node => node.BytesSent),
            Broadcasts = _spread.Count,
            Reach = reach,
            DeliveryP50 = At(delays, 0.50),
            DeliveryP99 = At(delays, 0.99),
            DeliveryMax = At(delays, 1),
            Copies = first == 0 ? 0 : (double)(first + again) / first,
            Asks = asks.Length,
            Answered = asks.Length == 0
                ? 1
                : (double)asks.Count(static ask => ask is { EndedAt: not null, Failure: null }) / asks.Length,
            Reasons = new SortedDictionary<string, int>(reasons, StringComparer.Ordinal),
        };
    }

    private static TimeSpan At(IReadOnlyList<TimeSpan> sorted, double share) =>
        sorted.Count == 0
            ? TimeSpan.Zero
            : sorted[Math.Min(sorted.Count - 1, (int)Math.Ceiling(share * sorted.Count) - 1)];

    /// <summary>Collects the figures of the run when it has recovered from its faults.</summary>
    private sealed class ScenarioFigures(ScenarioRun run) : Checker
    {
        private readonly SortedDictionary<string, int> _reasons = new(StringComparer.Ordinal);

        protected internal override void OnNodeEvent(ClusterNode node, NodeEvent happened)
        {
            if (happened is PeerDisconnected ended)
            {
                string reason = ended.Reason.ToString();
                _reasons[reason] = _reasons.GetValueOrDefault(reason) + 1;
            }
        }

        protected internal override void OnSettled() => run.Settle(Cluster, _reasons);
    }
}
