namespace ActorP2P.Protocol.Tests;

/// <summary>
/// Two nodes with links to each other. What one does reaches the other later, in the order of the link; the test
/// decides which link is next.
/// </summary>
internal sealed class LinkedNodes
{
    private readonly Side _low;
    private readonly Side _high;
    private readonly List<Queue<string>> _wires = [];
    private readonly HashSet<long> _dead = [];

    public LinkedNodes()
    {
        (NodeId low, NodeId high) = (Id(1), Id(2));
        (_low, _high) = (new Side(low, high), new Side(high, low));
    }

    public TimeSpan Now { get; private set; } = TimeSpan.FromHours(1);

    /// <summary>The links that a node has not closed and that have not ended.</summary>
    public IEnumerable<long> OpenAt(bool isHigh) => (isHigh ? _high : _low).Open;

    /// <summary>The link that a node uses.</summary>
    public long? UsedAt(bool isHigh) => (isHigh ? _high : _low).Used;

    /// <summary>How many links there have been.</summary>
    public int Count => _wires.Count / 2;

    /// <summary>A link is ready at the side that dialled it; the other side learns it by its first frame.</summary>
    public void Dial(bool byHigh)
    {
        long link = Count + 1;
        _wires.Add([]);
        _wires.Add([]);
        Do(byHigh ? _high : _low, side => side.Ready(Now, link, isOutbound: true));
        Send(byHigh, link, "ready");
    }

    /// <summary>From now on nothing that is sent on a link arrives.</summary>
    public void Die(long link)
    {
        _dead.Add(link);
        Wire(fromHigh: false, link).Clear();
        Wire(fromHigh: true, link).Clear();
    }

    /// <summary>Delivers the next frame of one of the wires, if there is one.</summary>
    public bool Deliver(int choice)
    {
        int[] filled = [.. Enumerable.Range(0, _wires.Count).Where(wire => _wires[wire].Count > 0)];
        if (filled.Length == 0)
        {
            return false;
        }

        int next = filled[choice % filled.Length];
        string frame = _wires[next].Dequeue();
        Take(toHigh: next % 2 == 0, link: 1 + (next / 2), frame);
        return true;
    }

    /// <summary>Lets time pass.</summary>
    public void Wait(TimeSpan time)
    {
        Now += time;
        Do(_low, side => side.Links.OnTimer(Now));
        Do(_high, side => side.Links.OnTimer(Now));
    }

    private void Take(bool toHigh, long link, string frame)
    {
        Side side = toHigh ? _high : _low;
        switch (frame)
        {
            case "ready":
                Do(side, to => to.Ready(Now, link, isOutbound: false));
                break;
            case "ping":
                Send(toHigh, link, "pong");
                break;
            case "pong":
                Do(side, to => to.Links.OnAnswered(Now, link, to.Remote));
                break;
            case "goodbye":
                Do(side, to => to.End(Now, link));
                break;
        }
    }

    private void Do(Side side, Action<Side> what)
    {
        what(side);
        bool isHigh = side == _high;
        while (side.Links.TryGetOrder(out LinkOrder order))
        {
            switch (order.Kind)
            {
                case LinkOrderKind.Use:
                    side.Used = order.Link;
                    break;
                case LinkOrderKind.Ping:
                    Send(isHigh, order.Link, "ping");
                    break;
                case LinkOrderKind.Close:
                    Send(isHigh, order.Link, "goodbye");
                    side.End(Now, order.Link);
                    break;
            }
        }
    }

    private void Send(bool fromHigh, long link, string frame)
    {
        if (!_dead.Contains(link))
        {
            Wire(fromHigh, link).Enqueue(frame);
        }
    }

    // Even wires lead to the higher node.
    private Queue<string> Wire(bool fromHigh, long link) => _wires[(int)(2 * (link - 1)) + (fromHigh ? 1 : 0)];

    private static NodeId Id(byte last)
    {
        byte[] bytes = new byte[NodeId.Size];
        bytes[^1] = last;
        return new NodeId(bytes);
    }

    private sealed class Side(NodeId own, NodeId remote)
    {
        public NodeId Remote => remote;

        public DuplicateLinks Links { get; } = new(own);

        public SortedSet<long> Open { get; } = [];

        public long? Used { get; set; }

        public void Ready(TimeSpan now, long link, bool isOutbound)
        {
            Open.Add(link);
            Links.OnReady(now, link, remote, instance: 7, isOutbound);
        }

        public void End(TimeSpan now, long link)
        {
            Open.Remove(link);
            Links.OnGone(now, link, remote);
        }
    }
}
