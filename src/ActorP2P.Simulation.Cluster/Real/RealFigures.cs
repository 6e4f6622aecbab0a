namespace ActorP2P.Simulation;

/// <summary>What a member counts about its nodes. Any thread may call it.</summary>
internal sealed class RealFigures
{
    private readonly Lock _lock = new();
    private readonly SortedDictionary<string, int> _reasons = new(StringComparer.Ordinal);
    private readonly SortedSet<string> _seen = new(StringComparer.Ordinal);
    private readonly Dictionary<int, Sending> _sendings = [];
    private readonly Dictionary<(int Number, int Node, int Life), TimeSpan> _arrivals = [];
    private readonly List<string> _failures = [];
    private long _endedBytes;
    private long _mostHeld;
    private int _asks;
    private int _answered;
    private int _ended;
    private int _streams;
    private int _streamed;

    /// <summary>Asks that have not ended.</summary>
    public int OpenAsks
    {
        get
        {
            lock (_lock)
            {
                return _asks - _ended;
            }
        }
    }

    public void Fail(string what) => Do(() => _failures.Add(what));

    public void EndLife(NodeStatistics last) => Do(() => _endedBytes += last.BytesSent);

    public void Hold(long bytes) => Do(() => _mostHeld = Math.Max(_mostHeld, bytes));

    public void BeginAsk() => Do(() => _asks++);

    public void EndAsk(bool isAnswered) => Do(() =>
    {
        _ended++;
        _answered += isAnswered ? 1 : 0;
    });

    public void BeginStream() => Do(() => _streams++);

    public void EndStream() => Do(() => _streamed++);

    public void Happen(int node, NodeEvent happened) => Do(() =>
    {
        _seen.Add(happened.GetType().Name);
        if (happened is PeerDisconnected ended)
        {
            string reason = ended.Reason.ToString();
            _reasons[reason] = _reasons.GetValueOrDefault(reason) + 1;
        }
        else if (happened is HandlerFailed { Exception: not (P2PException or OperationCanceledException) } failed)
        {
            _failures.Add($"a handler of node {node} threw {failed.Exception.GetType().Name}: "
                + failed.Exception.Message);
        }
    });

    /// <summary>A broadcast is due.</summary>
    /// <param name="number">Its number.</param>
    /// <param name="due">When it was to be sent.</param>
    /// <param name="receivers">Those of this member's nodes that it is to reach, and their lives.</param>
    public void Broadcast(int number, TimeSpan due, IReadOnlyList<(int Node, int Life)> receivers) =>
        Do(() => _sendings[number] = new Sending(due, receivers));

    /// <summary>A broadcast has arrived.</summary>
    public void Arrive(int number, int node, int life, TimeSpan at) =>
        Do(() => _arrivals.TryAdd((number, node, life), at));

    /// <summary>Counts what there is at the end.</summary>
    /// <param name="nodes">The nodes that run, with their lives.</param>
    /// <param name="all">The number of this member's nodes.</param>
    public RealPart End(IReadOnlyList<RealNode> nodes, int all)
    {
        NodeStatistics[] statistics = [.. nodes.Select(static node => node.Node!.Statistics)];
        HashSet<(int Node, int Life)> still = [.. nodes.Select(static node => (node.Number, node.Life))];
        lock (_lock)
        {
            DelayHistogram delays = new();
            long possible = 0;
            foreach ((int number, Sending sending) in _sendings)
            {
                foreach ((int node, int life) in sending.Receivers.Where(still.Contains))
                {
                    possible++;
                    if (_arrivals.TryGetValue((number, node, life), out TimeSpan at))
                    {
                        delays.Add(at - sending.Due);
                    }
                }
            }

            long bytes = statistics.Sum(static node => node.BytesSent);
            return new RealPart
            {
                Nodes = all,
                Failures = [.. _failures],
                Bytes = bytes,
                BytesOfAllLives = bytes + _endedBytes,
                FramesSent = statistics.Sum(static node => node.FramesSent),
                MostHeldBytes = _mostHeld,
                Broadcasts = _sendings.Count,
                Possible = possible,
                Delays = delays.Counts,
                FirstCopies = statistics.Sum(static node => node.BroadcastsReceived),
                FurtherCopies = statistics.Sum(static node => node.DuplicateBroadcasts),
                Asks = _asks,
                Answered = _answered,
                AsksEnded = _ended,
                Streams = _streams,
                Streamed = _streamed,
                Reasons = new SortedDictionary<string, int>(_reasons, StringComparer.Ordinal),
                Seen = [.. _seen],
            };
        }
    }

    private void Do(Action change)
    {
        lock (_lock)
        {
            change();
        }
    }

    private sealed record Sending(TimeSpan Due, IReadOnlyList<(int Node, int Life)> Receivers);
}
