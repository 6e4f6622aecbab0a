using BlockMesh.Mesh;

namespace BlockMesh.Demo;

/// <summary>The result of one node of a run.</summary>
public sealed record NodeReport
{
    /// <summary>The node.</summary>
    public required string Name { get; init; }

    /// <summary>The number of headers that it has.</summary>
    public required int Headers { get; init; }

    /// <summary>The number of blocks that it has.</summary>
    public required int Blocks { get; init; }

    /// <summary>Whether it has the block that was broadcast.</summary>
    public required bool LargeBlock { get; init; }

    /// <summary>Whether it accepted the transaction that was broadcast.</summary>
    public required bool Transaction { get; init; }

    /// <summary>The time from its start until it had all headers and blocks; null if it never had.</summary>
    public required TimeSpan? SettledAfter { get; init; }

    /// <summary>Bytes received on its connections, including frame headers.</summary>
    public required long BytesReceived { get; init; }

    /// <summary>Bytes sent on its connections, including frame headers.</summary>
    public required long BytesSent { get; init; }

    /// <summary>Copies of broadcasts that it had already.</summary>
    public required long Duplicates { get; init; }

    /// <summary>The data that it refused.</summary>
    public required IReadOnlyList<Refusal> Refusals { get; init; }
}
