namespace ActorP2P.Simulation;

/// <summary>The faults that can be caused in a cluster, by the names of its nodes.</summary>
public sealed class Faults
{
    private readonly Cluster _cluster;

    internal Faults(Cluster cluster) => _cluster = cluster;

    /// <summary>Cuts the network between two nodes: nothing arrives any more, and neither node is told.</summary>
    public Faults Cut(string one, string other) => Do(network => network.Cut(one, other));

    /// <summary>Cuts the network in one direction.</summary>
    public Faults CutOneWay(string source, string destination) => Do(network => network.CutOneWay(source, destination));

    /// <summary>Ends cuts between two nodes.</summary>
    public Faults Heal(string one, string other) => Do(network => network.Heal(one, other));

    /// <summary>Ends all faults except deaths.</summary>
    public Faults HealAll()
    {
        foreach (ClusterNode node in _cluster.Nodes)
        {
            Clock(node.Name, TimeSpan.Zero);
        }

        return Do(static network => network.HealAll());
    }

    /// <summary>Cuts everything between nodes of different groups.</summary>
    public Faults Partition(params IReadOnlyList<string>[] groups) => Do(network => network.Partition(groups));

    /// <summary>Resets all connections between two nodes. Both are told.</summary>
    public Faults Reset(string one, string other) => Do(network => network.ResetConnections(one, other));

    /// <summary>Makes the network forget all connections between two nodes. Neither is told.</summary>
    public Faults Forget(string one, string other) => Do(network => network.ForgetConnections(one, other));

    /// <summary>Sets the conditions of the link between two nodes.</summary>
    public Faults Link(string one, string other, LinkConditions conditions) =>
        Do(network => network.SetConditions(one, other, conditions));

    /// <summary>
    /// Sets how fast a node's host reads, in bytes per second; 0 is not at all, null is without limit.
    /// </summary>
    public Faults ReadRate(string node, long? bytesPerSecond) =>
        Do(network => network.SetReadRate(node, bytesPerSecond));

    /// <summary>Makes every link of a node worse, in both directions; null to end it.</summary>
    public Faults SlowDown(string node, Slowdown? slowdown) => Do(network => network.SlowDown(node, slowdown));

    /// <summary>Empties a node's store, as a disk that is replaced. A running node loses power first.</summary>
    public Faults LoseDisk(string node)
    {
        Kill(node, DeathKind.Host);
        _cluster[node].Store.Clear();
        return this;
    }

    /// <summary>Sets a node's clock ahead by an offset and makes it run at a rate.</summary>
    public Faults Clock(string node, TimeSpan offset, double rate = 1)
    {
        ClusterNode victim = _cluster[node];
        if (!_cluster.Has(victim))
        {
            return this;
        }

        SimulatedWorld world = _cluster.World;

        // The world's offset applies to the node's stopwatch, which an earlier rate may have moved away from the true
        // time.
        world.SetClock(victim.Key, TimeSpan.Zero, rate);
        TimeSpan behind = world.TimeProvider.GetUtcNow() - victim.TimeProvider.GetUtcNow();
        world.SetClock(victim.Key, behind + offset, rate);
        return this;
    }

    /// <summary>Kills a node without warning: nothing is flushed. It has no effect on a dead node.</summary>
    public Faults Kill(string node, DeathKind kind = DeathKind.Process)
    {
        ClusterNode victim = _cluster[node];
        if (victim.IsExpected)
        {
            if (_cluster.Has(victim))
            {
                _cluster.World.Crash(victim.Key);
            }

            _cluster.Network.Kill(node, kind);
            victim.Die();
        }

        return this;
    }

    /// <summary>Starts a dead node again, with its name and its store. It has no effect on a living node.</summary>
    public Faults Restart(string node)
    {
        ClusterNode dead = _cluster[node];
        _cluster.Network.PowerOn(node);
        if (!dead.IsExpected && _cluster.Part is not null)
        {
            _cluster.Begin(dead);
        }
        else if (!dead.IsExpected)
        {
            dead.IsStarting = true;
            _cluster.World.SynchronizationContext.Post(_ => _ = StartAsync(dead), null);
        }

        return this;
    }

    private async Task StartAsync(ClusterNode node)
    {
        try
        {
            await _cluster.StartAsync(node);
        }
        catch (NodeStoppedException failure)
        {
            _cluster.Fail("scenario", $"The node '{node.Name}' did not start again.", [node], failure);
        }
    }

    private Faults Do(Action<SimulatedNetwork> what)
    {
        what(_cluster.Network);
        return this;
    }
}
