using ActorP2P;
using BlockMesh.Chain;

namespace BlockMesh.Mesh;

/// <summary>The settings of a node of the mesh.</summary>
public sealed record ChainNodeSettings
{
    /// <summary>Its name, for people.</summary>
    public required string Name { get; init; }

    /// <summary>The address to listen on; port 0 lets the system choose the port.</summary>
    public PeerAddress Listen { get; init; } = new("127.0.0.1", 0);

    /// <summary>The addresses that it dials.</summary>
    public IReadOnlyList<PeerAddress> Bootstrap { get; init; } = [];

    /// <summary>
    /// Whether it asks the nodes that it dials for others and connects to them, and tells others where they are. Then
    /// one address of <see cref="Bootstrap"/> is enough.
    /// </summary>
    public bool FindsOthers { get; init; }

    /// <summary>The other settings of its P2P node; null for the library's defaults.</summary>
    public P2PNodeOptions? Network { get; init; }

    /// <summary>The rules of the chain.</summary>
    public ChainRules Rules { get; init; } = ChainRules.Mainnet;

    /// <summary>The data that it serves as a source; null for a node that syncs.</summary>
    public SourceData? Source { get; init; }

    /// <summary>The directory for the synced chain; null for memory only.</summary>
    public string? StoreDirectory { get; init; }

    /// <summary>The most blocks to serve per second; null for no limit.</summary>
    public int? Pace { get; init; }
}
