using ActorP2P.Protocol;

namespace ActorP2P.Transport.Tests;

/// <summary>An item under way from one end of a memory connection to the other.</summary>
/// <param name="Kind">The kind of the item.</param>
/// <param name="Buffer">Holds the data from its start on; null for all other kinds.</param>
/// <param name="Length">The number of bytes of data, or the number by which the window grows.</param>
internal readonly record struct MemorySegment(MemorySegmentKind Kind, SharedBuffer? Buffer = null, int Length = 0);
