namespace ActorP2P.Simulation;

/// <summary>One event of a scenario at a given time.</summary>
/// <param name="Name">Its key in the file.</param>
/// <param name="At">The virtual time since the start.</param>
/// <param name="Apply">What happens. Random choices come from the seed and the name.</param>
internal sealed record TimelineEntry(string Name, TimeSpan At, Action<Cluster, Faults, Random> Apply)
{
    private static readonly string[] s_kinds = ["kill", "restart", "partition", "heal", "slow-readers", "clock"];

    public static TimelineEntry Read(string name, ScenarioSection section, IReadOnlyList<string> nodes)
    {
        TimeSpan at = section.Time("at", TimeSpan.Zero, TimeSpan.Zero);
        string[] said = [.. s_kinds.Where(section.Has)];
        if (said is not [var kind])
        {
            throw new ScenarioException(
                $"{section.Path} says {(said.Length == 0 ? "nothing that happens" : string.Join(" and ", said))}; "
                + $"allowed: one of {string.Join(", ", s_kinds)}.");
        }

        TimelineEntry entry = new(name, at, kind switch
        {
            "kill" => Kill(section, nodes),
            "restart" => Restart(NodeSet.Read(section, kind, nodes)),
            "partition" => Partition(section.Section(kind), nodes),
            "heal" => Heal(section),
            "slow-readers" => SlowReaders(section, NodeSet.Read(section, kind, nodes)),
            _ => Clock(section, NodeSet.Read(section, kind, nodes)),
        });
        section.End();
        return entry;
    }

    private static Action<Cluster, Faults, Random> Kill(ScenarioSection section, IReadOnlyList<string> nodes)
    {
        NodeSet victims = NodeSet.Read(section, "kill", nodes);
        DeathKind kind = section.OneOf("death", "process", "process", "host") == "host"
            ? DeathKind.Host
            : DeathKind.Process;
        return (cluster, faults, random) =>
        {
            foreach (string name in victims.Pick(name => cluster[name].IsUp, random))
            {
                faults.Kill(name, kind);
            }
        };
    }

    private static Action<Cluster, Faults, Random> Restart(NodeSet dead) => (cluster, faults, random) =>
    {
        foreach (string name in dead.Pick(name => !cluster[name].IsUp, random))
        {
            faults.Restart(name);
        }
    };

    private static Action<Cluster, Faults, Random> Partition(ScenarioSection section, IReadOnlyList<string> nodes)
    {
        NodeSet[] groups = [.. section.Names.ToArray().Select(name => NodeSet.Read(section, name, nodes))];
        return groups.Length >= 2
            ? (_, faults, random) => faults.Partition([.. groups.Select(group => group.Pick(static _ => true, random))])
            : throw new ScenarioException(
                $"{section.Path} has {groups.Length} groups; allowed: 2 or more, each with its nodes.");
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
            foreach (string name in slow.Pick(name => cluster[name].IsUp, random))
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
            foreach (string name in wrong.Pick(name => cluster[name].IsUp, random))
            {
                faults.Clock(name, offset, rate);
            }
        };
    }
}
