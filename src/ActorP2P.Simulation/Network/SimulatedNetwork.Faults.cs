namespace ActorP2P.Simulation;

/// <content>What can be done to it.</content>
public sealed partial class SimulatedNetwork
{
    /// <summary>Says what both directions between two hosts are like.</summary>
    public void SetConditions(string one, string other, LinkConditions conditions)
    {
        SetConditionsOneWay(one, other, conditions);
        SetConditionsOneWay(other, one, conditions);
    }

    /// <summary>Says what one direction between two hosts is like.</summary>
    public void SetConditionsOneWay(string source, string destination, LinkConditions conditions)
    {
        ArgumentNullException.ThrowIfNull(conditions);
        LinkOf(source, destination).Conditions = conditions.Validated();
    }

    /// <summary>Nothing travels between two hosts any more, and nobody is told. What was under way arrives.</summary>
    public void Cut(string one, string other)
    {
        LinkOf(one, other).Cut();
        LinkOf(other, one).Cut();
        Fault(one, other, "cut");
    }

    /// <summary>Nothing travels in one direction any more.</summary>
    public void CutOneWay(string source, string destination)
    {
        LinkOf(source, destination).Cut();
        Fault(source, destination, "cut one way");
    }

    /// <summary>Ends cuts between two hosts; what TCP still tries to send arrives some time after.</summary>
    public void Heal(string one, string other)
    {
        Fault(one, other, "healed");
        LinkOf(one, other).Heal();
        LinkOf(other, one).Heal();
    }

    /// <summary>Ends all cuts, slow readers and special conditions. The dead stay dead.</summary>
    public void HealAll()
    {
        Fault("", "", "all healed");
        foreach (SimulatedLink link in _links.ToArray())
        {
            link.ResetConditions();
            link.Heal();
        }

        foreach (SimulatedHost host in _hosts.Values)
        {
            host.SetReadRate(null);
        }
    }

    /// <summary>Cuts everything between hosts of different groups; hosts of no group are as they were.</summary>
    public void Partition(params IReadOnlyList<string>[] groups)
    {
        ArgumentNullException.ThrowIfNull(groups);
        for (int i = 0; i < groups.Length; i++)
        {
            for (int j = i + 1; j < groups.Length; j++)
            {
                foreach (string one in groups[i])
                {
                    foreach (string other in groups[j])
                    {
                        Cut(one, other);
                    }
                }
            }
        }
    }

    /// <summary>Something between two hosts cuts all their connections, and both ends are told.</summary>
    public void ResetConnections(string one, string other)
    {
        foreach (SimulatedConnection end in Between(one, other))
        {
            ResetBetween(end);
        }
    }

    /// <summary>
    /// Something between two hosts forgets all their connections, as a NAT does: nothing arrives on them any more, and nobody is
    /// told. New ones work.
    /// </summary>
    public void ForgetConnections(string one, string other)
    {
        Fault(one, other, "connections forgotten");
        foreach (SimulatedConnection end in Between(one, other))
        {
            end.IsBlackholed = true;
            end.Peer.IsBlackholed = true;
        }
    }

    /// <summary>Says how fast the programs of a host read each connection.</summary>
    /// <param name="host">The host.</param>
    /// <param name="bytesPerSecond">Null: as fast as they like; 0: not at all, the window fills.</param>
    public void SetReadRate(string host, long? bytesPerSecond)
    {
        if (bytesPerSecond is { } rate)
        {
            ArgumentOutOfRangeException.ThrowIfNegative(rate, nameof(bytesPerSecond));
        }

        Fault(host, "", bytesPerSecond is null ? "reads freely" : $"reads {bytesPerSecond} bytes/s");
        HostOf(host).SetReadRate(bytesPerSecond);
    }

    /// <summary>Ends a host's listeners and connections as its death would; the node itself is the world's to kill.</summary>
    public void Kill(string host, DeathKind kind)
    {
        Fault(host, "", $"{kind} died");
        HostOf(host).Die(kind);
    }

    /// <summary>A host has power again. What others still try to send to it meets a kernel that knows of nothing.</summary>
    public void PowerOn(string host)
    {
        SimulatedHost back = HostOf(host);
        back.PowerOn();
        foreach (SimulatedLink link in _links.ToArray())
        {
            if (link.Destination == back)
            {
                link.Resume();
            }
        }
    }

    private SimulatedConnection[] Between(string one, string other)
    {
        SimulatedHost far = HostOf(other);
        return [.. HostOf(one).Connections.Where(end => end.Peer.Host == far)];
    }

    private void Fault(string source, string destination, string what) => Tell(NetworkEventKind.Fault, 0, source, destination, what);
}
