using System.Security.Cryptography;
using System.Text;
using ActorP2P.Hocon;
using ActorP2P.Protocol;

namespace ActorP2P.Simulation;

/// <summary>Reads scenarios. Everything that is unknown or not allowed is an error.</summary>
internal static class ScenarioReader
{
    private const string Root = "simulation";
    private const int MostNodes = 20_000;

    // The memory of a node with eight links, including its system and its share of the network; measured with `worlds`.
    private const long BytesPerNode = 256 * 1024;

    public static Scenario Read(HoconConfig config)
    {
        ScenarioSection file = new(config, Root);
        if (!file.Has(Root))
        {
            throw new ScenarioException($"There is no section {Root}, or it is empty.");
        }

        ScenarioSection section = new(file.Config(Root), Root);
        int nodes = Nodes(section);
        string[] names = [.. Enumerable.Range(0, nodes).Select(static index => $"node{index}")];
        ScenarioSection seeds = section.Section("seeds");
        Scenario scenario = new()
        {
            Name = section.Text("name", "scenario"),
            Digest = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(file.Config(Root).ToString()))),
            FirstSeed = (ulong)seeds.Whole("first", 1, 0, int.MaxValue),
            SeedCount = seeds.Whole("count", 1, 1, 10_000_000),
            Duration = section.Time("duration", TimeSpan.FromMinutes(1), TimeSpan.FromMilliseconds(1)),
            Nodes = nodes,
            Network = Network(section.Section("network")),
            Link = Topology(section.Section("topology"), nodes),
            Settings = Settings(section),
            Traffic = section.Has("traffic") ? Traffic(section.Section("traffic")) : null,
            Broadcasts = section.Has("broadcasts") ? Broadcasts(section.Section("broadcasts")) : null,
            Timeline =
                [.. section.Sections("timeline").Select(entry => TimelineEntry.Read(entry.Name, entry.Section, names))],
            Expect = Expect(section.Section("expect")),
        };
        seeds.End();
        section.End();
        return scenario;
    }

    private static int Nodes(ScenarioSection section)
    {
        int nodes = section.Whole("nodes", 20, 1, int.MaxValue);
        long needed = nodes * BytesPerNode;
        long available = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes;
        return nodes <= MostNodes && needed <= available
            ? nodes
            : throw section.Refuse("nodes", nodes,
                $"1 to {Math.Min(MostNodes, available / BytesPerNode)}: so many would need about {needed >> 20} MiB, "
                + $"and the process may use {available >> 20} MiB");
    }

    private static LinkConditions Network(ScenarioSection section)
    {
        LinkConditions defaults = new();
        LinkConditions read = new()
        {
            Latency = section.Time("latency", defaults.Latency, LinkConditions.LeastLatency),
            Jitter = section.Time("jitter", defaults.Jitter, TimeSpan.Zero),
            BytesPerSecond = section.Has("bytes-per-second")
                ? section.Size("bytes-per-second", 0, 1, long.MaxValue)
                : null,
            Loss = section.Share("loss", defaults.Loss),
            RetransmitAfter = section.Time("retransmit-after", defaults.RetransmitAfter, TimeSpan.FromMilliseconds(1)),
            Resets = section.Share("resets", defaults.Resets),
            Refusals = section.Share("refusals", defaults.Refusals),
        };
        section.End();
        try
        {
            return read.Validated();
        }
        catch (ArgumentException wrong)
        {
            throw new ScenarioException($"{section.Path}: {wrong.Message}", wrong);
        }
    }

    private static Func<Cluster, Cluster> Topology(ScenarioSection section, int nodes)
    {
        string kind = section.OneOf("kind", "random", "line", "ring", "full", "random", "none");
        int dials = section.Whole("dials", 3, 1, Math.Max(1, nodes - 1));
        section.End();
        return kind switch
        {
            "line" => static cluster => cluster.InALine(),
            "ring" => static cluster => cluster.InARing(),
            "full" => static cluster => cluster.FullyMeshed(),
            "none" => static cluster => cluster.Unlinked(),
            _ => cluster => cluster.RandomlyLinked(dials),
        };
    }

    private static P2PNodeOptions Settings(ScenarioSection section)
    {
        try
        {
            P2PNodeOptions settings = P2PNodeOptions.From(
                section.Config("node"), out IReadOnlyList<UnknownSetting> unknown);
            return unknown is [var first, ..]
                ? throw new ScenarioException(
                    $"{section.Path}.node.{first.Path} is not a setting of a node"
                    + (first.Nearest is null ? "." : $"; did you mean {first.Nearest}?"))
                : settings;
        }
        catch (ArgumentException wrong)
        {
            throw new ScenarioException($"{section.Path}.node: {wrong.Message}", wrong);
        }
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

    private static Expectations Expect(ScenarioSection section)
    {
        Expectations read = new()
        {
            Reach = section.ShareOrNone("reach"),
            DeliveryP99 = section.TimeOrNone("delivery-p99"),
            DeliveryMax = section.TimeOrNone("delivery-max"),
            Copies = section.NumberOrNone("copies"),
            Answered = section.ShareOrNone("answered"),
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
