namespace ActorP2P.Simulation;

/// <summary>Follows broadcasts: when each was sent, which nodes ran then, and when it reached them.</summary>
internal sealed class Spread(IReadOnlySet<string> strangers)
{
    private readonly List<Sending> _sendings = [];
    private readonly List<TimeSpan> _delays = [];

    /// <summary>Broadcasts so far.</summary>
    public int Count => _sendings.Count;

    /// <summary>A broadcast is about to be sent.</summary>
    /// <returns>Its number.</returns>
    private int Begin(ClusterNode origin, IEnumerable<ClusterNode> nodes, TimeSpan now)
    {
        _sendings.Add(
            new Sending(now,
                [.. nodes.Where(node => IsReceiver(node) && node != origin)
                    .Select(static node => (node, node.Incarnation))]));
        return _sendings.Count - 1;
    }

    /// <summary>
    /// Whether a node may send a broadcast: it runs, here or in another part, and is not one that others may refuse.
    /// </summary>
    public bool IsSender(ClusterNode node) => node.IsExpected && !strangers.Contains(node.Name);

    /// <summary>Whether broadcasts are to reach a node: it runs here, and is not one that others may refuse.</summary>
    private bool IsReceiver(ClusterNode node) => node.IsUp && !strangers.Contains(node.Name);

    /// <summary>Deliveries so far.</summary>
    public long Arrivals { get; private set; }

    /// <summary>Sends a broadcast and follows it. Every part of a world counts it, and one of them sends it.</summary>
    public void Send(Cluster cluster, ClusterNode origin, int bytes)
    {
        int number = Begin(origin, cluster.Nodes, cluster.World.Now);
        cluster.On(origin, () => SendAsync(origin, number, bytes));
    }

    private static async Task SendAsync(ClusterNode origin, int number, int bytes)
    {
        try
        {
            if (origin.IsUp)
            {
                await origin.BroadcastAsync(new SpreadNews(number, bytes));
            }
        }
        catch (Exception gone) when (gone is NodeKilledException or SendException)
        {
            // The origin died. Nodes that its broadcast has reached are counted as for any other broadcast.
        }
    }

    /// <summary>When each broadcast was sent, and the share of its possible deliveries that happened.</summary>
    public IEnumerable<(TimeSpan At, double Reach)> Each() => _sendings.Select(static sending =>
    {
        (ClusterNode Node, int Life)[] still = [.. sending.Receivers.Where(static receiver =>
            receiver.Node.IsUp && receiver.Node.Incarnation == receiver.Life)];
        return (sending.At, still.Length == 0 ? 1
            : (double)still.Count(receiver => sending.Arrivals.ContainsKey(receiver)) / still.Length);
    });

    /// <summary>A broadcast has arrived at a node.</summary>
    public void Arrive(int number, ClusterNode node, TimeSpan now)
    {
        lock (_sendings)
        {
            if (number < 0 || number >= _sendings.Count)
            {
                return;
            }

            Arrivals += _sendings[number].Arrivals.TryAdd((node, node.Incarnation), now) ? 1 : 0;
        }
    }

    /// <summary>Evaluates the deliveries at the end of the run.</summary>
    /// <returns>The possible deliveries, and the times that those took that happened, the shortest first.</returns>
    public (int Expected, IReadOnlyList<TimeSpan> Delays) End()
    {
        int expected = 0;
        _delays.Clear();
        foreach (Sending sending in _sendings)
        {
            foreach ((ClusterNode Node, int Life) receiver in sending.Receivers)
            {
                if (!receiver.Node.IsUp || receiver.Node.Incarnation != receiver.Life)
                {
                    continue;
                }

                expected++;
                if (sending.Arrivals.TryGetValue(receiver, out TimeSpan at))
                {
                    _delays.Add(at - sending.At);
                }
            }
        }

        _delays.Sort();
        return (expected, _delays);
    }

    private sealed record Sending(TimeSpan At, IReadOnlyList<(ClusterNode Node, int Life)> Receivers)
    {
        public Dictionary<(ClusterNode Node, int Life), TimeSpan> Arrivals { get; } = [];
    }
}
