using ActorP2P;
using BlockMesh.Chain;

namespace BlockMesh.Mesh;

/// <summary>How a node of the mesh is made.</summary>
public sealed record ChainNodeSettings
{
    /// <summary>Its name, for people.</summary>
    public required string Name { get; init; }

    /// <summary>Where it listens; port 0 lets the system choose.</summary>
    public PeerAddress Listen { get; init; } = new("127.0.0.1", 0);

    /// <summary>The nodes it dials.</summary>
    public IReadOnlyList<PeerAddress> Bootstrap { get; init; } = [];

    /// <summary>Everything else about its node, but for the two above; null for the library's defaults.</summary>
    public P2PNodeOptions? Network { get; init; }

    /// <summary>The chain and its rules.</summary>
    public ChainRules Rules { get; init; } = ChainRules.Mainnet;

    /// <summary>The data it serves as a source; null for a node that syncs.</summary>
    public SourceData? Source { get; init; }

    /// <summary>Where it keeps what it has synced; null for in memory only.</summary>
    public string? StoreDirectory { get; init; }

    /// <summary>How many blocks it serves per second at most; null for no limit.</summary>
    public int? Pace { get; init; }
}
