namespace ActorP2P.Simulation;

/// <content>The faults of the network.</content>
public sealed partial class SimulatedNetwork
{
    /// <summary>Sets the conditions of both directions between two hosts.</summary>
    public void SetConditions(string one, string other, LinkConditions conditions)
    {
        SetConditionsOneWay(one, other, conditions);
        SetConditionsOneWay(other, one, conditions);
    }

    /// <summary>Sets the conditions of one direction between two hosts.</summary>
    public void SetConditionsOneWay(string source, string destination, LinkConditions conditions)
    {
        ArgumentNullException.ThrowIfNull(conditions);
        LinkOf(source, destination).Conditions = conditions.Validated();
    }

    /// <summary>
    /// Cuts the network between two hosts; neither is told. Segments already on their way still arrive.
    /// </summary>
    public void Cut(string one, string other)
    {
        LinkOf(one, other).Cut();
        LinkOf(other, one).Cut();
        Fault(one, other, "cut");
    }

    /// <summary>Cuts the network in one direction.</summary>
    public void CutOneWay(string source, string destination)
    {
        LinkOf(source, destination).Cut();
        Fault(source, destination, "cut one way");
    }

    /// <summary>Ends cuts between two hosts. Segments that TCP still tries to send arrive some time later.</summary>
    public void Heal(string one, string other)
    {
        Fault(one, other, "healed");
        LinkOf(one, other).Heal();
        LinkOf(other, one).Heal();
    }

    /// <summary>Ends all cuts, slow readers and special conditions. Dead hosts stay dead.</summary>
    public void HealAll()
    {
        Fault("", "", "all healed");
        foreach (SimulatedHost host in _hosts.Values)
        {
            foreach (SimulatedLink link in host.Links)
            {
                link.ResetConditions();
                link.Heal();
            }
        }

        foreach (SimulatedHost host in _hosts.Values)
        {
            host.Slowdown = null;
            host.SetReadRate(null);
        }
    }

    /// <summary>Cuts the network between hosts of different groups. Hosts in no group are not changed.</summary>
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

    /// <summary>The network resets all connections between two hosts, and both ends are told.</summary>
    public void ResetConnections(string one, string other)
    {
        // One end of each, because the listener's may not be there yet, and the other may be closed already.
        foreach (SimulatedConnection end in Between(one, other).DistinctBy(static end => end.Number / 2))
        {
            CutBetween(end);
        }
    }

    /// <summary>
    /// The network forgets all connections between two hosts, as a NAT does: nothing arrives on them any more, and
    /// neither end is told. New connections work.
    /// </summary>
    public void ForgetConnections(string one, string other)
    {
        Fault(one, other, "connections forgotten");
        foreach (SimulatedConnection end in Between(one, other))
        {
            end.IsBlackholed = true;
        }
    }

    /// <summary>Sets how fast the programs of a host read each connection.</summary>
    /// <param name="host">The host.</param>
    /// <param name="bytesPerSecond">Null for no limit; 0 for not at all, so that the window fills.</param>
    public void SetReadRate(string host, long? bytesPerSecond)
    {
        if (bytesPerSecond is { } rate)
        {
            ArgumentOutOfRangeException.ThrowIfNegative(rate, nameof(bytesPerSecond));
        }

        Fault(host, "", bytesPerSecond is null ? "reads freely" : $"reads {bytesPerSecond} bytes/s");
        HostOf(host).SetReadRate(bytesPerSecond);
    }

    /// <summary>Makes every link of a host worse, in both directions.</summary>
    /// <param name="host">The host.</param>
    /// <param name="slowdown">What is worse; null to end it.</param>
    public void SlowDown(string host, Slowdown? slowdown)
    {
        Fault(host, "", slowdown is null ? "links are as before" : "links are slow");
        HostOf(host).Slowdown = slowdown?.Validated();
    }

    /// <summary>Ends a host's listeners and connections as its death would. The world kills the node itself.</summary>
    public void Kill(string host, DeathKind kind)
    {
        Fault(host, "", $"{kind} died");
        HostOf(host).Die(kind);
    }

    /// <summary>
    /// A host has power again. Segments that others still send to it arrive at a kernel without connections.
    /// </summary>
    public void PowerOn(string host)
    {
        SimulatedHost back = HostOf(host);
        back.PowerOn();
        foreach (SimulatedLink link in _hosts.Values.SelectMany(static host => host.Links))
        {
            if (link.Destination == back)
            {
                link.Resume();
            }
        }
    }

    private SimulatedConnection[] Between(string one, string other)
    {
        SimulatedHost near = HostOf(one);
        SimulatedHost far = HostOf(other);
        return
        [
            .. near.Connections.Where(end => end.OtherHost == far),
            .. far.Connections.Where(end => end.OtherHost == near && near != far),
        ];
    }

    private void Fault(string source, string destination, string what) =>
        Tell(NetworkEventKind.Fault, 0, source, destination, what);
}
