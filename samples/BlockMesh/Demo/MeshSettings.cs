using BlockMesh.Chain;
using BlockMesh.Mesh;

namespace BlockMesh.Demo;

/// <summary>How a run of several nodes is made.</summary>
public sealed record MeshSettings
{
    /// <summary>What the first node serves and broadcasts.</summary>
    public required SourceData Data { get; init; }

    /// <summary>How many nodes stand in line, at least 2.</summary>
    public int Nodes { get; init; } = 5;

    /// <summary>
    /// The nodes themselves, at least one of them a source; null: <see cref="Nodes"/> in a line, the first the source.
    /// </summary>
    public IReadOnlyList<ChainNodeSettings>? Described { get; init; }

    /// <summary>How many blocks each node of the line serves per second at most; null for no limit.</summary>
    public int? Pace { get; init; }

    /// <summary>How long the whole may take before it counts as failed.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(120);
}
