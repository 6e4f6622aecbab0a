using System.Runtime.CompilerServices;

namespace ActorP2P.Protocol;

/// <summary>A value for each lane of messages, the most urgent first, without an array of its own.</summary>
/// <typeparam name="T">The values' type.</typeparam>
[InlineArray(SendLanes.Lanes)]
internal struct PerLane<T>
{
    private T _first;
}
