using BlockMesh.Mesh;

namespace BlockMesh.Demo;

/// <summary>What came of one node of a run.</summary>
public sealed record NodeReport
{
    /// <summary>The node.</summary>
    public required string Name { get; init; }

    /// <summary>How many headers it holds.</summary>
    public required int Headers { get; init; }

    /// <summary>How many blocks it holds.</summary>
    public required int Blocks { get; init; }

    /// <summary>Whether it holds the block that was broadcast.</summary>
    public required bool LargeBlock { get; init; }

    /// <summary>Whether it took the transaction that was broadcast.</summary>
    public required bool Transaction { get; init; }

    /// <summary>How long after its start it held all headers and blocks; null if it never did.</summary>
    public required TimeSpan? SettledAfter { get; init; }

    /// <summary>Bytes that came in over its links, frames and all.</summary>
    public required long BytesReceived { get; init; }

    /// <summary>Bytes that went out over its links, frames and all.</summary>
    public required long BytesSent { get; init; }

    /// <summary>Broadcasts that reached it more than once.</summary>
    public required long Duplicates { get; init; }

    /// <summary>What it did not take.</summary>
    public required IReadOnlyList<Refusal> Refusals { get; init; }
}
