namespace ActorP2P.Transport.Tests;

/// <summary>The kinds of items between the two ends of a memory connection.</summary>
internal enum MemorySegmentKind
{
    /// <summary>Bytes of the stream.</summary>
    Data,
    /// <summary>The receiver has read this number of bytes; the sender may send as many more.</summary>
    Window,
    /// <summary>The end of the stream.</summary>
    Fin,
    /// <summary>The end of the connection.</summary>
    Reset,
}
