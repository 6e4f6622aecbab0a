namespace ActorP2P.Transport.Tests;

/// <summary>What travels between the two ends of a memory connection.</summary>
internal enum MemorySegmentKind
{
    /// <summary>Bytes of the stream.</summary>
    Data,
    /// <summary>The receiver has read so many bytes; as many more may be sent.</summary>
    Window,
    /// <summary>The end of the stream.</summary>
    Fin,
    /// <summary>The end of the connection.</summary>
    Reset,
}
