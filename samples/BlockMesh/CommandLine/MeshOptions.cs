using ActorP2P;
using BlockMesh.Chain;

namespace BlockMesh.CommandLine;

/// <summary>What the program was told to do.</summary>
public sealed record MeshOptions
{
    /// <summary>The port to listen on as one node of its own; null for five nodes in one process.</summary>
    public int? NodePort { get; init; }

    /// <summary>The file that describes the nodes; null for those that the other options describe.</summary>
    public string? HoconFile { get; init; }

    /// <summary>Which node of the file to run; null for all that are in it.</summary>
    public string? NodeName { get; init; }

    /// <summary>Lines of HOCON that are read behind the file, as if they stood at its end.</summary>
    public IReadOnlyList<string> Overrides { get; init; } = [];

    /// <summary>The nodes to dial.</summary>
    public IReadOnlyList<PeerAddress> Bootstrap { get; init; } = [];

    /// <summary>Whether this node holds the data.</summary>
    public bool Source { get; init; }

    /// <summary>Where to keep what was synced.</summary>
    public string? StoreDirectory { get; init; }

    /// <summary>How many blocks to serve per second at most.</summary>
    public int? Pace { get; init; }

    /// <summary>Where the source's data lie.</summary>
    public string DataDirectory { get; init; } = SourceData.DefaultDirectory;

    /// <summary>How long a run that ends by itself may take.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(120);

    /// <summary>Whether the node ends when it has everything.</summary>
    public bool ExitWhenSynced { get; init; }

    /// <summary>The log file.</summary>
    public required string LogFile { get; init; }
}
