using ActorP2P.Protocol;

namespace ActorP2P.Transport.Tests;

/// <summary>One thing on its way from one end of a memory connection to the other.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Buffer">Holds the bytes of data from its start on; null for everything else.</param>
/// <param name="Length">Bytes of data, or by which the window grows.</param>
internal readonly record struct MemorySegment(MemorySegmentKind Kind, SharedBuffer? Buffer = null, int Length = 0);
