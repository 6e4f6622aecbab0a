using BlockMesh.Chain;
using BlockMesh.Mesh;

namespace BlockMesh.Demo;

/// <summary>The settings of a run of several nodes.</summary>
public sealed record MeshSettings
{
    /// <summary>The data that the first node serves and broadcasts.</summary>
    public required SourceData Data { get; init; }

    /// <summary>The number of nodes in the line, at least 2.</summary>
    public int Nodes { get; init; } = 5;

    /// <summary>
    /// The settings of each node, at least one of which is a source; null for <see cref="Nodes"/> nodes in a line with
    /// the source first.
    /// </summary>
    public IReadOnlyList<ChainNodeSettings>? Described { get; init; }

    /// <summary>The most blocks per second that each node of the line serves; null for no limit.</summary>
    public int? Pace { get; init; }

    /// <summary>The longest time for the whole run; after it the run counts as failed.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(120);
}
