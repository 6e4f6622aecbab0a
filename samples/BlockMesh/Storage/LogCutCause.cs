namespace BlockMesh.Storage;

/// <summary>Why a log was cut.</summary>
public enum LogCutCause
{
    /// <summary>The last record was only half written: its process was killed, or the disk was full.</summary>
    HalfWritten,

    /// <summary>A record does not have the checksum it was written with.</summary>
    Damaged,

    /// <summary>A record builds upon one that was cut off another log.</summary>
    Orphaned,
}
