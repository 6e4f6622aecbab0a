namespace ActorP2P;

/// <summary>Who says to have signed a broadcast.</summary>
/// <param name="Id">The node.</param>
/// <param name="Sequence">The node's number of the broadcast.</param>
internal readonly record struct BroadcastAuthor(NodeId Id, ulong Sequence);
