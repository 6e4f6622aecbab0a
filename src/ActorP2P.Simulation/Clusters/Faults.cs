namespace ActorP2P.Simulation;

/// <summary>What can go wrong in a cluster, by the names of its nodes.</summary>
public sealed class Faults
{
    private readonly Cluster _cluster;

    internal Faults(Cluster cluster) => _cluster = cluster;

    /// <summary>Nothing travels between two nodes any more, and nobody is told.</summary>
    public Faults Cut(string one, string other) => Do(network => network.Cut(one, other));

    /// <summary>Nothing travels in one direction any more.</summary>
    public Faults CutOneWay(string source, string destination) => Do(network => network.CutOneWay(source, destination));

    /// <summary>Ends cuts between two nodes.</summary>
    public Faults Heal(string one, string other) => Do(network => network.Heal(one, other));

    /// <summary>Ends all faults but deaths.</summary>
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

    /// <summary>All connections between two nodes are cut, and both are told.</summary>
    public Faults Reset(string one, string other) => Do(network => network.ResetConnections(one, other));

    /// <summary>All connections between two nodes are forgotten on the way, and neither is told.</summary>
    public Faults Forget(string one, string other) => Do(network => network.ForgetConnections(one, other));

    /// <summary>Says what the link between two nodes is like from now on.</summary>
    public Faults Link(string one, string other, LinkConditions conditions) => Do(network => network.SetConditions(one, other, conditions));

    /// <summary>A node's host reads so slowly; 0 not at all, null as fast as it likes again.</summary>
    public Faults ReadRate(string node, long? bytesPerSecond) => Do(network => network.SetReadRate(node, bytesPerSecond));

    /// <summary>A node's clock goes wrong: ahead by an offset from now on, and running at a rate.</summary>
    public Faults Clock(string node, TimeSpan offset, double rate = 1)
    {
        ClusterNode victim = _cluster[node];
        SimulatedWorld world = _cluster.World;

        // The world's offset is that of the node's stopwatch, which a rate may have taken away from the true time before.
        world.SetClock(victim.Key, TimeSpan.Zero, rate);
        TimeSpan behind = world.TimeProvider.GetUtcNow() - victim.TimeProvider.GetUtcNow();
        world.SetClock(victim.Key, behind + offset, rate);
        return this;
    }

    /// <summary>Kills a node without a word to it: nothing is flushed. Nothing happens when it is dead.</summary>
    public Faults Kill(string node, DeathKind kind = DeathKind.Process)
    {
        ClusterNode victim = _cluster[node];
        if (victim.IsExpected)
        {
            _cluster.World.Crash(victim.Key);
            _cluster.Network.Kill(node, kind);
            victim.Die();
        }

        return this;
    }

    /// <summary>Starts a dead node again, under its name and with its store. Nothing happens when it lives.</summary>
    public Faults Restart(string node)
    {
        ClusterNode dead = _cluster[node];
        _cluster.Network.PowerOn(node);
        if (!dead.IsExpected)
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
