namespace ActorP2P.Simulation;

/// <summary>Collects the recording of a run.</summary>
internal sealed class RunRecorder(Scenario scenario)
{
    private const int Percentiles = 100;

    private readonly List<ScenarioSample> _samples = [];
    private IReadOnlyList<TimeSpan> _delays = [];
    private IReadOnlyList<RecordedBroadcast> _broadcasts = [];
    private IReadOnlyList<NodeFigures> _nodes = [];

    public void Add(ScenarioSample sample) => _samples.Add(sample);

    /// <summary>The run has recovered from its faults, and the nodes have not stopped yet.</summary>
    public void Settle(Cluster cluster, Spread spread, IReadOnlyList<TimeSpan> delays)
    {
        _delays = delays.Count == 0
            ? []
            : [.. Enumerable.Range(0, Percentiles + 1).Select(
                percent => delays[(int)((long)percent * (delays.Count - 1) / Percentiles)])];
        _broadcasts = [.. spread.Each().Select(static one => new RecordedBroadcast(one.At, one.Reach))];
        _nodes = [.. cluster.Nodes.Select(node => Figures(cluster, node))];
    }

    public ScenarioRecording End(ScenarioResult result) => new()
    {
        Scenario = scenario,
        Result = result,
        Samples = [.. _samples],
        Delays = _delays,
        Broadcasts = _broadcasts,
        Nodes = _nodes,
        Faults = [.. scenario.Timeline.OrderBy(static entry => entry.At).Select(
            static entry => new RecordedFault(entry.At, entry.Name, entry.Text))],
    };

    private NodeFigures Figures(Cluster cluster, ClusterNode node)
    {
        int region = cluster.Plan?.RegionOf(node.Key) ?? -1;
        NodeStatistics? statistics = node.IsUp ? node.Node.Statistics : null;
        double copies = statistics is null || statistics.BroadcastsReceived == 0
            ? 0
            : (double)(statistics.BroadcastsReceived + statistics.DuplicateBroadcasts) / statistics.BroadcastsReceived;
        return new NodeFigures(
            node.Name, scenario.Members.GroupOf(node.Key).Name, region < 0 ? "" : scenario.Regions[region].Name,
            node.Incarnation, node.IsUp ? node.Node.Peers.Count : 0,
            cluster.Network.FindHost(node.Name)?.BytesSent ?? 0, copies);
    }
}
