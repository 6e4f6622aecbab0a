namespace ActorP2P;

/// <summary>What a node says of itself to its peers, in its hello and anew whenever it changes.</summary>
/// <param name="State">The application's state.</param>
/// <param name="WantedBroadcasts">The broadcasts that the node wants.</param>
internal sealed record NodeProfile(ReadOnlyMemory<byte> State, BroadcastTypes WantedBroadcasts);
