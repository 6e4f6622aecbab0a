namespace ActorP2P;

/// <summary>An incoming connection could not be accepted; the node goes on listening.</summary>
/// <param name="Detail">What the system said.</param>
public sealed record AcceptFailed(string Detail) : NodeEvent;
