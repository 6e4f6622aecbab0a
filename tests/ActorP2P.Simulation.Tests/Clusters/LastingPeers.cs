using System.Runtime.CompilerServices;

namespace ActorP2P.Simulation.Tests;

/// <summary>
/// Twenty nodes that dial each other in both directions, with a handle from each node to the next one, and a fault
/// every few seconds. The seed determines all of it.
/// </summary>
internal sealed class LastingPeers
{
    private const int Nodes = 20;
    private const int FaultCount = 20;

    // Faults come within this time.
    private static readonly TimeSpan s_faulty = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan s_recovery = TimeSpan.FromSeconds(60);

    private readonly Cluster _cluster;
    private readonly HandleTraffic _traffic;
    private readonly Dictionary<string, int> _counts = new(StringComparer.Ordinal);

    private LastingPeers(ulong seed, string scenario)
    {
        Random random = new SimulatedWorld(seed).CreateRandom(SimulatedWorld.DriverNode, 0, "faults");
        _cluster = Cluster.Of(Nodes, scenario).WithSeed(seed)
            .RandomlyLinked(dials: 2)
            .LinkedBy(new LinkConditions
            {
                Latency = TimeSpan.FromMilliseconds(1 + random.Next(50)),
                Jitter = TimeSpan.FromMilliseconds(random.Next(50)),
            })
            .WithSettings(InTheCluster);
        _traffic = new HandleTraffic(_cluster);
        _cluster.WhereEveryNode(_traffic.Register).CheckedBy(new EndCounts(this));
        for (int index = 0; index < Nodes; index++)
        {
            // Half of the pairs dial each other.
            string name = $"node{index}";
            bool isMutual = random.Next(2) == 0;
            _cluster.WithSettings(name, settings => isMutual ? settings with { Bootstrap = Both(name) } : settings);
        }

        for (int i = 0; i < FaultCount; i++)
        {
            _cluster.At(s_faulty * random.NextDouble(), Draw(random));
        }
    }

    /// <summary>Runs a seed.</summary>
    /// <returns>How often each thing happened.</returns>
    public static IReadOnlyDictionary<string, int> Run(ulong seed, [CallerMemberName] string scenario = "")
    {
        LastingPeers run = new(seed, scenario);
        run._cluster.Run(run.PlayAsync);
        run.Count("asks repeated", run._traffic.Repeated);
        run.Count("asks answered", run._traffic.Answered);
        run.Count("asks failed", run._traffic.Failed);
        run.Count("tells waited", run._traffic.Waited);
        return run._counts;
    }

    private async Task PlayAsync(Cluster cluster)
    {
        _traffic.Start();
        await cluster.Delay(s_faulty);
        cluster.Faults.HealAll();
        foreach (ClusterNode node in cluster.Nodes)
        {
            cluster.Faults.Restart(node.Name);
        }

        await cluster.UntilAsync(
            () => cluster.Nodes.All(static node => node.IsUp) && Faulty() is null, "the cluster is whole", s_recovery);
        await cluster.UntilAsync(_traffic.IsCaughtUp, "every ask of a handle has ended", s_recovery);
        _traffic.Stop();

        // As long as an ask may take.
        await cluster.Delay(TimeSpan.FromSeconds(11));
        Assert.Null(Faulty());
        Assert.Null(_traffic.Missing());
    }

    /// <summary>What is wrong with the connections; null when each pair of the topology has exactly one.</summary>
    private string? Faulty()
    {
        foreach (ClusterNode node in _cluster.Nodes)
        {
            IGrouping<NodeId?, Peer>? several = node.Node.Peers.GroupBy(static peer => peer.Id)
                .FirstOrDefault(static same => same.Count() > 1);
            if (several is not null)
            {
                return $"{node.Name} has {several.Count()} connections to {several.Key}";
            }
        }

        return _cluster.Edges.Where(static edge => edge.Dialler.FindPeer(edge.Listener.Name) is null
            || edge.Listener.FindPeer(edge.Dialler.Name) is null)
            .Select(static edge => $"{edge.Dialler.Name} and {edge.Listener.Name} are not connected").FirstOrDefault();
    }

    private IReadOnlyList<PeerAddress> Both(string name) =>
    [
        .. _cluster.Edges.Where(edge => edge.Dialler.Name == name).Select(static edge => edge.Listener.Address),
        .. _cluster.Edges.Where(edge => edge.Listener.Name == name).Select(static edge => edge.Dialler.Address),
    ];

    private void Count(string what, int times = 1) => _counts[what] = _counts.GetValueOrDefault(what) + times;

    // Times that suit nodes which stand near each other and must find back fast.
    private static P2PNodeOptions InTheCluster(P2PNodeOptions settings) => settings with
    {
        Encryption = Encryption.Required,
        Session = settings.Session with
        {
            PingAfter = TimeSpan.FromSeconds(10), PongTimeout = TimeSpan.FromSeconds(5),
        },
        Dial = settings.Dial with { MaxBackoff = TimeSpan.FromSeconds(10) },
    };

    private Action<Faults> Draw(Random random)
    {
        string one = $"node{random.Next(Nodes)}";
        string other = $"node{random.Next(Nodes)}";
        int split = 1 + random.Next(Nodes - 1);
        string[] names = [.. Enumerable.Range(0, Nodes).Select(index => $"node{index}")];
        TimeSpan step = TimeSpan.FromSeconds(20 * ((2 * random.NextDouble()) - 1));
        DeathKind death = random.Next(2) == 0 ? DeathKind.Process : DeathKind.Host;
        (string what, Action<Faults> fault) = random.Next(9) switch
        {
            0 => ("cut", (Action<Faults>)(faults => faults.Cut(one, other))),
            1 => ("cut one way", faults => faults.CutOneWay(one, other)),
            2 => ("partition", faults => faults.Partition(names[..split], names[split..])),
            3 => ("kill", faults => faults.Kill(one, death)),
            4 => ("restart", faults => faults.Kill(one, death).Restart(one)),
            5 => ("reset", faults => faults.Reset(one, other)),
            6 => ("forget", faults => faults.Forget(one, other)),
            7 => ("clock step", faults => faults.Clock(one, step)),
            _ => ("heal", faults => faults.HealAll()),
        };
        return faults =>
        {
            Count(what);
            fault(faults);
        };
    }

    /// <summary>Counts the reasons why connections end. A handler fails when messages come in another order.</summary>
    private sealed class EndCounts(LastingPeers run) : Checker
    {
        protected override void OnNodeEvent(ClusterNode node, NodeEvent happened)
        {
            DisconnectReason? reason = (happened as PeerDisconnected)?.Reason ?? (happened as PeerRefused)?.End.Reason;
            if (reason is not null)
            {
                run.Count($"{reason}");
            }

            if (happened is HandlerFailed failed)
            {
                Fail(failed.Exception.Message, node.Name, failed.Peer.Address.Host);
            }

            if (happened is PeerHandleChanged { State: PeerHandleState.Connected })
            {
                run.Count("handle connected");
            }
        }
    }
}
