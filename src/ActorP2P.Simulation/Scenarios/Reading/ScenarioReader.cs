using System.Security.Cryptography;
using System.Text;
using ActorP2P.Hocon;
using ActorP2P.Protocol;

namespace ActorP2P.Simulation;

/// <summary>Reads scenarios. Everything that is unknown or not allowed is an error.</summary>
internal static class ScenarioReader
{
    private const string Root = "simulation";

    public static Scenario Read(HoconConfig config, ScenarioPositions positions, string folder)
    {
        ScenarioSection file = new(config, Root, positions);
        if (!file.Has(Root))
        {
            throw new ScenarioException($"There is no section {Root}, or it is empty.");
        }

        ScenarioSection section = new(file.Config(Root), Root, positions);
        ScenarioNodes nodes = GroupReader.Read(section);
        TimeSpan duration = section.Time("duration", TimeSpan.FromMinutes(1), TimeSpan.FromMilliseconds(1));
        ScenarioSection seeds = section.Section("seeds");
        ScenarioSection network = section.Section("network");
        Scenario scenario = new()
        {
            Name = section.Text("name", "scenario"),
            Digest = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(
                file.Config(Root) + TopologyReader.Content(section.Section("topology"), folder)))),
            FirstSeed = (ulong)seeds.Whole("first", 1, 0, int.MaxValue),
            SeedCount = seeds.Whole("count", 1, 1, 10_000_000),
            Duration = duration,
            Nodes = nodes.Names.Count,
            Members = nodes,
            Network = NetworkReader.Conditions(network),
            Regions = NetworkReader.Regions(network, nodes),
            Classes = NetworkReader.Classes(network, nodes),
            Link = TopologyReader.Read(section.Section("topology"), nodes, folder),
            Settings = nodes.Groups[0].Settings,
            Traffic = section.Has("traffic") ? Traffic(section.Section("traffic")) : null,
            Broadcasts = section.Has("broadcasts") ? Broadcasts(section.Section("broadcasts")) : null,
            Workloads = [.. section.Sections("workload").Select(
                work => WorkloadReader.Read(work.Name, work.Section, nodes, duration))],
            Timeline = [.. section.Sections("timeline").Select(
                entry => TimelineEntry.Read(entry.Name, entry.Section, nodes, duration))],
            Spread = section.Has("spread") ? Spread(section.Section("spread"), nodes.Names.Count) : null,
            Expect = Expect(section.Section("expect")),
            Akka = config.HasPath("akka") ? HoconConfig.Parse($"akka = {config.GetConfig("akka")}") : HoconConfig.Empty,
        };
        if (scenario.Spread is not null && scenario.Classes.Count > 0)
        {
            throw network.Error(
                "simulation.network.classes cannot be spread over members: all connections of a node share its line, "
                + "whichever member has them; leave out the classes or simulation.spread", "classes");
        }

        seeds.End();
        network.End();
        section.End();
        return scenario;
    }

    private static TrafficSettings Traffic(ScenarioSection section)
    {
        TrafficSettings defaults = new();
        TrafficSettings read = new()
        {
            Pause = section.Time("pause", defaults.Pause, TimeSpan.FromMilliseconds(1)),
            SmallBytes = (int)section.Size("small-bytes", defaults.SmallBytes, 1, 1 << 20),
            LargeBytes = (int)section.Size("large-bytes", defaults.LargeBytes, 1, 16 << 20),
            AskTimeout = section.Time("ask-timeout", defaults.AskTimeout, TimeSpan.FromMilliseconds(1)),
        };
        section.End();
        return read;
    }

    private static BroadcastLoad Broadcasts(ScenarioSection section)
    {
        BroadcastLoad defaults = new();
        BroadcastLoad read = new()
        {
            Every = section.Time("every", defaults.Every, TimeSpan.FromMilliseconds(1)),
            Bytes = (int)section.Size("bytes", defaults.Bytes, SpreadNews.HeadSize, 16 << 20),
        };
        section.End();
        return read;
    }

    private static ScenarioSpread Spread(ScenarioSection section, int nodes)
    {
        ScenarioSpread read = new()
        {
            Members = section.Whole("members", new ScenarioSpread().Members, 1, Math.Min(nodes, 64)),
            IsRunAgain = section.OneOf("on-loss", "fail", "fail", "run-again") == "run-again",
        };
        section.End();
        return read;
    }

    private static Expectations Expect(ScenarioSection section)
    {
        Expectations read = new()
        {
            Reach = section.ShareOrNone("reach"),
            DeliveryP50 = section.TimeOrNone("delivery-p50"),
            DeliveryP90 = section.TimeOrNone("delivery-p90"),
            DeliveryP99 = section.TimeOrNone("delivery-p99"),
            DeliveryMax = section.TimeOrNone("delivery-max"),
            Copies = section.NumberOrNone("copies"),
            Answered = section.ShareOrNone("answered"),
            AsksEnded = section.ShareOrNone("asks-ended"),
            Streamed = section.ShareOrNone("streamed"),
            BytesPerNode = section.SizeOrNone("bytes-per-node"),
            Memory = section.SizeOrNone("memory"),
            Sometimes = section.Texts("sometimes"),
            Reasons = [.. section.Texts("reasons").Select(text => Enum.TryParse(text, out DisconnectReason reason)
                && Enum.IsDefined(reason)
                    ? reason
                    : throw section.Refuse(
                        "reasons", $"'{text}'", string.Join(", ", Enum.GetNames<DisconnectReason>())))],
        };
        section.End();
        return read;
    }
}
