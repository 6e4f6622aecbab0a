namespace ActorP2P;

/// <summary>How far a lookup has come.</summary>
/// <param name="Asked">Nodes that were asked.</param>
/// <param name="Answered">Nodes that have answered.</param>
/// <param name="Failed">Nodes that have not answered.</param>
/// <param name="Open">Nodes that are asked now.</param>
/// <param name="SharedBits">
/// The bits that the closest node that has answered shares with the key, of 256: each further one halves the distance.
/// </param>
/// <param name="Hops">Questions in a row that led to that node.</param>
public sealed record DhtProgress(int Asked, int Answered, int Failed, int Open, int SharedBits, int Hops);
