namespace ActorP2P.Simulation;

/// <summary>Follows broadcasts: when each was sent, which nodes ran then, and when it reached them.</summary>
internal sealed class Spread
{
    private readonly List<Sending> _sendings = [];
    private readonly List<TimeSpan> _delays = [];

    /// <summary>Broadcasts so far.</summary>
    public int Count => _sendings.Count;

    /// <summary>A broadcast is about to be sent.</summary>
    /// <returns>Its number.</returns>
    public int Begin(ClusterNode origin, IEnumerable<ClusterNode> nodes, TimeSpan now)
    {
        _sendings.Add(
            new Sending(now,
                [.. nodes.Where(node => node.IsUp && node != origin).Select(static node => (node, node.Incarnation))]));
        return _sendings.Count - 1;
    }

    /// <summary>A broadcast has arrived at a node.</summary>
    public void Arrive(int number, ClusterNode node, TimeSpan now)
    {
        if (number >= 0 && number < _sendings.Count)
        {
            _sendings[number].Arrivals.TryAdd((node, node.Incarnation), now);
        }
    }

    /// <summary>Evaluates the deliveries at the end of the run.</summary>
    /// <returns>
    /// The share of the possible deliveries that happened, and the times that they took, the shortest first.
    /// </returns>
    public (double Reach, IReadOnlyList<TimeSpan> Delays) End()
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
        return (expected == 0 ? 1 : (double)_delays.Count / expected, _delays);
    }

    private sealed record Sending(TimeSpan At, IReadOnlyList<(ClusterNode Node, int Life)> Receivers)
    {
        public Dictionary<(ClusterNode Node, int Life), TimeSpan> Arrivals { get; } = [];
    }
}
