namespace ActorP2P;

/// <summary>
/// The node has stopped although a handler of the application has not ended within the drain timeout. A handler that
/// blocks its thread keeps it; its result is dropped.
/// </summary>
/// <param name="Peer">The peer that sent the message.</param>
/// <param name="MessageType">The type code of the message.</param>
public sealed record HandlerStillRuns(Peer Peer, ushort MessageType) : NodeEvent;
