using System.Globalization;
using ActorP2P;
using ActorP2P.Hocon;
using BlockMesh.Chain;
using BlockMesh.Mesh;
using Microsoft.Extensions.Logging;

namespace BlockMesh.CommandLine;

/// <summary>
/// Reads nodes from a HOCON file. Each block under <c>nodes</c> has the library's settings of one node; a block
/// <c>actorp2p</c> has those of a single node. The block <c>blockmesh</c> adds the settings of this sample,
/// <c>source</c>, <c>store</c> and <c>pace</c>, by node name if there are several nodes. Environment variables override
/// values where the file allows it, and the command line overrides both.
/// </summary>
public static class MeshFile
{
    private const string SingleName = "node";

    /// <summary>Reads the nodes to run.</summary>
    /// <param name="options">The file, the overriding values, and the node to run.</param>
    /// <param name="log">The logger that is warned of keys that are not settings.</param>
    /// <exception cref="ArgumentException">A setting is not allowed, or the options do not fit the file.</exception>
    /// <exception cref="HoconException">The file cannot be read, or a value has the wrong form.</exception>
    public static IReadOnlyList<ChainNodeSettings> Load(MeshOptions options, ILogger log)
    {
        ArgumentNullException.ThrowIfNull(options);
        string file = Path.GetFullPath(options.HoconFile!);

        // The lines are part of the text, so that substitutions in the file see them.
        string text = string.Join('\n', [$"include required(file({HoconConfig.Quote(file)}))", .. options.Overrides]);
        HoconConfig config = HoconConfig.Parse(text);
        List<ChainNodeSettings> nodes = [];
        SourceData? data = null;
        foreach ((string name, HoconConfig settings, HoconConfig extra) in Blocks(config, file))
        {
            if (options.NodeName is null || options.NodeName == name)
            {
                bool source = extra.GetBoolean("source") || options.Source;
                nodes.Add(
                    Node(name, settings, extra, log) with
                    {
                        Source = source ? data ??= SourceData.Load(options.DataDirectory) : null,
                    });
            }
        }

        if (nodes.Count == 0)
        {
            throw new ArgumentException($"{file} has no node named {options.NodeName}.");
        }

        return nodes.Count == 1 ? [Overridden(nodes[0], options)] : Checked(nodes, options, file);
    }

    private static IEnumerable<(string Name, HoconConfig Settings, HoconConfig Extra)> Blocks(
        HoconConfig config, string file)
    {
        if (config.HasPath("nodes"))
        {
            // Names may be quoted and contain dots, so each is rendered as one key.
            return config.GetConfig("nodes").AsEnumerable().Select(
                node => (node.Key, Quoted: HoconConfig.Quote(node.Key)))
                .Select(
                    node => (node.Key, config.GetConfig($"nodes.{node.Quoted}"),
                        Extra(config, $"blockmesh.{node.Quoted}")));
        }

        return config.HasPath("actorp2p")
            ? [(SingleName, config.GetConfig("actorp2p"), Extra(config, "blockmesh"))]
            : throw new ArgumentException($"{file} has neither a block nodes nor a block actorp2p.");
    }

    private static HoconConfig Extra(HoconConfig config, string path) =>
        config.HasPath(path) ? config.GetConfig(path) : HoconConfig.Empty;

    private static ChainNodeSettings Node(string name, HoconConfig settings, HoconConfig extra, ILogger log)
    {
        P2PNodeOptions network;
        try
        {
            network = P2PNodeOptions.From(settings, log);
        }
        catch (ArgumentException refused)
        {
            throw new ArgumentException($"{name}: {refused.Message}", refused);
        }

        if (extra.GetBoolean("source") && extra.HasPath("store"))
        {
            throw new ArgumentException($"{name}: store is for nodes that sync, which a source does not.");
        }

        int pace = extra.GetInt("pace");
        if (extra.HasPath("pace") && pace < 1)
        {
            throw new ArgumentException(
                string.Create(CultureInfo.InvariantCulture, $"{name}: pace is {pace}; allowed: 1 or more."));
        }

        return new ChainNodeSettings
        {
            Name = name,
            Listen = network.Listen
                ?? throw new ArgumentException($"{name}: listen is off; a node of BlockMesh listens."),
            Bootstrap = network.Bootstrap,
            Network = network,
            StoreDirectory = extra.GetString("store"),
            Pace = pace > 0 ? pace : null,
        };
    }

    private static ChainNodeSettings Overridden(ChainNodeSettings node, MeshOptions options) => node with
    {
        Listen = options.NodePort is { } port ? new PeerAddress(node.Listen.Host, port) : node.Listen,
        Bootstrap = options.Bootstrap.Count > 0 ? options.Bootstrap : node.Bootstrap,
        StoreDirectory = options.StoreDirectory ?? node.StoreDirectory,
        Pace = options.Pace ?? node.Pace,
    };

    private static List<ChainNodeSettings> Checked(List<ChainNodeSettings> nodes, MeshOptions options, string file)
    {
        bool ofOne =
            options is { NodePort: not null } or { Source: true } or { ExitWhenSynced: true }
                or { StoreDirectory: not null };
        if (ofOne || options.Bootstrap.Count > 0)
        {
            throw new ArgumentException($"{file} has {nodes.Count} nodes: choose the one to override with --name.");
        }

        return nodes.Exists(node => node.Source is not null)
            ? nodes.ConvertAll(node => node with { Pace = options.Pace ?? node.Pace })
            : throw new ArgumentException($"No node of {file} is a source: set blockmesh.NAME.source = on for one.");
    }
}
