namespace ActorP2P.Simulation;

/// <summary>Links between nodes that are changed at random, with at most one link between two nodes.</summary>
internal sealed class TopologyDraft(int nodes)
{
    // After some ten swaps of each link, hardly anything is left of the ring that they began as.
    private const int SwapsPerLink = 10;

    // Rings of two links each are seldom in one piece, so it may take many swaps until they are.
    private const int MostRounds = 100;

    private readonly List<(int One, int Other)> _links = [];
    private readonly HashSet<(int One, int Other)> _known = [];

    /// <summary>The links: the node with the higher number dials.</summary>
    public IReadOnlyList<(int Dialler, int Listener)> Edges =>
        [.. _links.Select(static link => (Dialler: link.Other, Listener: link.One)).Order()];

    /// <summary>
    /// Links each node to its nearest neighbours on a ring, and to the opposite node for an odd number.
    /// </summary>
    public void AddRing(int links)
    {
        for (int node = 0; node < nodes; node++)
        {
            for (int step = 1; step <= links / 2; step++)
            {
                Add(Ordered(node, (node + step) % nodes));
            }

            if (links % 2 == 1 && node < nodes / 2)
            {
                Add(Ordered(node, node + (nodes / 2)));
            }
        }
    }

    /// <summary>Lets pairs of links exchange their ends. No node gains or loses a link.</summary>
    public void Swap(Random random)
    {
        (int, int)[] ring = [.. _links];
        int swaps = SwapsPerLink * _links.Count;
        for (int round = 0; round < swaps || !IsConnected(); round++)
        {
            if (round == MostRounds * swaps)
            {
                _links.Clear();
                _links.AddRange(ring);
                return;
            }

            int first = random.Next(_links.Count);
            int second = random.Next(_links.Count);
            (int a, int b) = _links[first];
            (int c, int d) = random.Next(2) == 0 ? _links[second] : (_links[second].Other, _links[second].One);
            (int, int) one = Ordered(a, d);
            (int, int) other = Ordered(c, b);
            if (a != d && c != b && one != other && !_known.Contains(one) && !_known.Contains(other))
            {
                Replace(first, one);
                Replace(second, other);
            }
        }
    }

    /// <summary>Lets a share of the links lead elsewhere at one end, unless that would cut the nodes apart.</summary>
    public void Rewire(double share, Random random)
    {
        for (int link = 0; link < _links.Count; link++)
        {
            if (random.NextDouble() >= share)
            {
                continue;
            }

            (int One, int Other) before = _links[link];
            (int, int) after = Ordered(before.One, random.Next(nodes));
            if (before.One != after.Item1 || before.One != after.Item2)
            {
                Move(link, before, after);
            }
        }
    }

    private void Move(int link, (int One, int Other) before, (int One, int Other) after)
    {
        if (!_known.Contains(after))
        {
            Replace(link, after);
            if (!IsConnected())
            {
                Replace(link, before);
            }
        }
    }

    private void Add((int One, int Other) link)
    {
        if (_known.Add(link))
        {
            _links.Add(link);
        }
    }

    private void Replace(int at, (int One, int Other) link)
    {
        _known.Remove(_links[at]);
        _known.Add(link);
        _links[at] = link;
    }

    private bool IsConnected()
    {
        int[] parent = [.. Enumerable.Range(0, nodes)];
        int parts = nodes;
        foreach ((int one, int other) in _links)
        {
            int first = Root(parent, one);
            int second = Root(parent, other);
            if (first != second)
            {
                parent[first] = second;
                parts--;
            }
        }

        return parts == 1;
    }

    private static int Root(int[] parent, int node)
    {
        while (parent[node] != node)
        {
            parent[node] = parent[parent[node]];
            node = parent[node];
        }

        return node;
    }

    private static (int One, int Other) Ordered(int one, int other) => one < other ? (one, other) : (other, one);
}
