using ActorP2P;
using BlockMesh.Chain;

namespace BlockMesh.CommandLine;

/// <summary>The options of the command line.</summary>
public sealed record MeshOptions
{
    /// <summary>The port to listen on, for a single node; null for five nodes in one process.</summary>
    public int? NodePort { get; init; }

    /// <summary>The file that describes the nodes; null when the other options describe them.</summary>
    public string? HoconFile { get; init; }

    /// <summary>The name of the node in the file to run; null for all of its nodes.</summary>
    public string? NodeName { get; init; }

    /// <summary>Lines of HOCON that are appended to the text of the file.</summary>
    public IReadOnlyList<string> Overrides { get; init; } = [];

    /// <summary>The nodes to dial.</summary>
    public IReadOnlyList<PeerAddress> Bootstrap { get; init; } = [];

    /// <summary>Whether this node dials no others than those of <see cref="Bootstrap"/>.</summary>
    public bool OnlyBootstrap { get; init; }

    /// <summary>Whether this node has the data.</summary>
    public bool Source { get; init; }

    /// <summary>The directory for the synced chain; null for memory only.</summary>
    public string? StoreDirectory { get; init; }

    /// <summary>The most blocks to serve per second; null for no limit.</summary>
    public int? Pace { get; init; }

    /// <summary>The directory of the source's data.</summary>
    public string DataDirectory { get; init; } = SourceData.DefaultDirectory;

    /// <summary>The longest time for a run that ends by itself.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(120);

    /// <summary>Whether the node ends when it has all data.</summary>
    public bool ExitWhenSynced { get; init; }

    /// <summary>The log file.</summary>
    public required string LogFile { get; init; }
}
