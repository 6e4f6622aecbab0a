namespace ActorP2P.Simulation;

/// <summary>One event of a scenario at a given time.</summary>
/// <param name="Name">Its key in the file.</param>
/// <param name="At">The virtual time since the start.</param>
/// <param name="Apply">What happens. Random choices come from the seed and the name.</param>
internal sealed record TimelineEntry(string Name, TimeSpan At, Action<Cluster, Faults, Random> Apply)
{
    private static readonly string[] s_kinds =
    [
        "kill", "restart", "partition", "heal", "slow-readers", "slow-down", "clock", "join", "churn", "lose-disk",
    ];

    /// <summary>What happens, as the file says it: the kind and its value.</summary>
    public string Text { get; private init; } = "";

    /// <summary>What happens: the key in the entry, such as <c>kill</c>.</summary>
    public string Kind { get; private init; } = "";

    /// <summary>The nodes that it happens to; null for those of a partition, and for all.</summary>
    public NodeSet? Nodes { get; private init; }

    /// <summary>Whether the nodes' hosts lose power, and not only the processes end.</summary>
    public bool IsHostDeath { get; private init; }

    /// <summary>How nodes die and come back again and again; null for all other kinds.</summary>
    public ChurnTimes? Churn { get; private init; }

    /// <summary>Reads one entry.</summary>
    /// <param name="name">Its key.</param>
    /// <param name="section">Its object.</param>
    /// <param name="nodes">All nodes.</param>
    /// <param name="duration">How long the nodes run.</param>
    public static TimelineEntry Read(string name, ScenarioSection section, ScenarioNodes nodes, TimeSpan duration)
    {
        TimeSpan at = section.Time("at", TimeSpan.Zero, TimeSpan.Zero);
        if (at > duration)
        {
            throw section.Refuse("at", at, $"00:00:00 to {duration:c}, the duration of the run");
        }

        string[] said = [.. s_kinds.Where(section.Has)];
        if (said is not [var kind])
        {
            throw section.Error(
                $"{section.Path} says {(said.Length == 0 ? "nothing that happens" : string.Join(" and ", said))}; "
                + $"allowed: one of {string.Join(", ", s_kinds)}");
        }

        TimelineEntry entry = new(name, at, kind switch
        {
            "kill" => Kill(section, nodes),
            "restart" => Restart(NodeSet.Read(section, kind, nodes)),
            "partition" => Partition(section.Section(kind), nodes),
            "heal" => Heal(section),
            "slow-readers" => SlowReaders(section, NodeSet.Read(section, kind, nodes)),
            "slow-down" => SlowDown(section, NodeSet.Read(section, kind, nodes)),
            "join" => Join(section, nodes),
            "churn" => Churned(section, NodeSet.Read(section, kind, nodes), duration),
            "lose-disk" => LoseDisk(NodeSet.Read(section, kind, nodes)),
            _ => Clock(section, NodeSet.Read(section, kind, nodes)),
        })
        {
            Kind = kind,
            Nodes = kind is "partition" or "heal" ? null : NodeSet.Read(section, kind, nodes),
            IsHostDeath = kind == "kill" && section.Text("death", "") == "host",
            Churn = kind == "churn" ? ChurnTimes.Read(section, duration) : null,
            Text = $"{kind}{(section.IsObject(kind) ? "" : $" {string.Join(", ", section.Texts(kind))}")}",
        };
        section.End();
        return entry;
    }

    private static Action<Cluster, Faults, Random> Kill(ScenarioSection section, ScenarioNodes nodes)
    {
        NodeSet victims = NodeSet.Read(section, "kill", nodes);
        DeathKind kind = section.OneOf("death", "process", "process", "host") == "host"
            ? DeathKind.Host
            : DeathKind.Process;
        return (cluster, faults, random) =>
        {
            foreach (string name in victims.Pick(name => cluster[name].IsExpected, random))
            {
                faults.Kill(name, kind);
            }
        };
    }

    private static Action<Cluster, Faults, Random> Restart(NodeSet dead) => (cluster, faults, random) =>
    {
        // Nodes that have not joined yet are not dead.
        foreach (string name in dead.Pick(name => !cluster[name].IsExpected && cluster[name].Incarnation > 0, random))
        {
            if (cluster[name].Incarnation > 0)
            {
                faults.Restart(name);
            }
        }
    };

    private static Action<Cluster, Faults, Random> Join(ScenarioSection section, ScenarioNodes nodes)
    {
        NodeSet joining = NodeSet.Read(section, "join", nodes);
        if (nodes.Late.Count == 0)
        {
            throw section.Refuse("join", section.Text("join", ""), "nothing, because no group has late nodes");
        }

        return (cluster, faults, random) =>
        {
            foreach (string name in joining.Pick(name => cluster[name].Incarnation == 0, random))
            {
                faults.Restart(name);
            }
        };
    }

    private static Action<Cluster, Faults, Random> Churned(ScenarioSection section, NodeSet nodes, TimeSpan duration)
    {
        ChurnTimes times = ChurnTimes.Read(section, duration);
        return (cluster, _, random) =>
        {
            TimeSpan end = cluster.World.Now + times.Lasts;
            Churn churn = new(cluster, random, times.HalfLife, times.Away, end < duration ? end : duration);
            foreach (string name in nodes.Pick(name => cluster[name].IsExpected, random))
            {
                churn.Begin(name);
            }
        };
    }

    private static Action<Cluster, Faults, Random> LoseDisk(NodeSet victims) => (cluster, faults, random) =>
    {
        foreach (string name in victims.Pick(name => cluster[name].IsExpected, random))
        {
            faults.LoseDisk(name);
        }
    };

    private static Action<Cluster, Faults, Random> SlowDown(ScenarioSection section, NodeSet slow)
    {
        double loss = section.Share("loss", 0);
        Slowdown slowdown = loss < 1
            ? new Slowdown(
                section.Time("latency", TimeSpan.Zero, TimeSpan.Zero), loss, section.SizeOrNone("bytes-per-second"))
            : throw section.Refuse("loss", section.Text("loss", ""), "0% to less than 100%");
        return (cluster, faults, random) =>
        {
            foreach (string name in slow.Pick(name => cluster[name].IsExpected, random))
            {
                faults.SlowDown(name, slowdown);
            }
        };
    }

    private static Action<Cluster, Faults, Random> Partition(ScenarioSection section, ScenarioNodes nodes)
    {
        NodeSet[] groups = [.. section.Names.ToArray().Select(name => NodeSet.Read(section, name, nodes))];
        return groups.Length >= 2
            ? (_, faults, random) => faults.Partition([.. groups.Select(group => group.Pick(static _ => true, random))])
            : throw section.Error(
                $"{section.Path} has {groups.Length} groups; allowed: 2 or more, each with its nodes");
    }

    private static Action<Cluster, Faults, Random> Heal(ScenarioSection section)
    {
        section.OneOf("heal", "all", "all");
        return static (_, faults, _) => faults.HealAll();
    }

    private static Action<Cluster, Faults, Random> SlowReaders(ScenarioSection section, NodeSet slow)
    {
        long rate = section.Size("bytes-per-second", 1024, 0, long.MaxValue);
        return (cluster, faults, random) =>
        {
            foreach (string name in slow.Pick(name => cluster[name].IsExpected, random))
            {
                faults.ReadRate(name, rate);
            }
        };
    }

    private static Action<Cluster, Faults, Random> Clock(ScenarioSection section, NodeSet wrong)
    {
        TimeSpan offset = section.Time("offset", TimeSpan.Zero, TimeSpan.FromDays(-30));
        double rate = section.NumberOrNone("rate") ?? 1;
        if (rate is not (>= 0.5 and <= 2))
        {
            throw section.Refuse("rate", rate, "0.5 to 2");
        }

        return (cluster, faults, random) =>
        {
            foreach (string name in wrong.Pick(name => cluster[name].IsExpected, random))
            {
                faults.Clock(name, offset, rate);
            }
        };
    }
}
