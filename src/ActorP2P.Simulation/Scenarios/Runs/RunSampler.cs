namespace ActorP2P.Simulation;

/// <summary>Reads the figures of all nodes at regular points of the run. It changes nothing.</summary>
internal sealed class RunSampler(Scenario scenario, Spread spread, RunRecorder? recorder)
{
    // Enough for a curve on a page. A run has them whether it is recorded or not, so that it is the same run.
    private const int Points = 240;

    // Whole milliseconds.
    private readonly TimeSpan _pause = TimeSpan.FromMilliseconds(
        Math.Max(1, Math.Floor(scenario.Duration.TotalMilliseconds / Points)));

    /// <summary>The most bytes that a node held for its peers at any point.</summary>
    public long MostHeldBytes { get; private set; }

    public void Begin(Cluster cluster)
    {
        Sample(cluster);
        TimeSpan next = cluster.World.Now + _pause;
        if (next <= scenario.Duration)
        {
            cluster.World.Schedule(
                next, EventClass.Timeline, SimulatedWorld.DriverNode, SimulatedWorld.DriverNode, () => Begin(cluster));
        }
    }

    private void Sample(Cluster cluster)
    {
        long held = 0;
        long most = 0;
        int up = 0;
        foreach (ClusterNode node in cluster.Nodes)
        {
            if (node.IsUp)
            {
                up++;
                long bytes = node.Node.Statistics.HeldBytes;
                held += bytes;
                most = Math.Max(most, bytes);
            }
        }

        MostHeldBytes = Math.Max(MostHeldBytes, most);
        recorder?.Add(Figures(cluster) with
        {
            NodesUp = up,
            HeldBytes = held,
            MostHeldBytes = most,
            Broadcasts = spread.Count,
            Deliveries = spread.Arrivals,
        });
    }

    private ScenarioSample Figures(Cluster cluster)
    {
        int ends = 0;
        int least = int.MaxValue;
        int most = 0;
        long queued = 0;
        foreach (ClusterNode node in recorder is null ? [] : cluster.Nodes)
        {
            if (!node.IsUp)
            {
                continue;
            }

            IReadOnlyList<Peer> peers = node.Node.Peers;
            ends += peers.Count;
            least = Math.Min(least, peers.Count);
            most = Math.Max(most, peers.Count);
            foreach (Peer peer in peers)
            {
                PeerStatistics statistics = peer.Statistics;
                queued += statistics.QueuedHigh + statistics.QueuedNormal + statistics.QueuedBulk;
            }
        }

        return new ScenarioSample
        {
            At = cluster.World.Now,
            Links = ends,
            FewestLinks = least == int.MaxValue ? 0 : least,
            MostLinks = most,
            QueuedBytes = queued,
            BytesSent = cluster.Network.BytesSent,
        };
    }
}
