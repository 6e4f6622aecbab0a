namespace ActorP2P;

/// <summary>
/// The node has stopped, and a handler of the application has not ended in the time to drain. It keeps its thread, if
/// it blocks one; what it returns is dropped.
/// </summary>
/// <param name="Peer">Whose message it handles.</param>
/// <param name="MessageType">The type code of the message.</param>
public sealed record HandlerStillRuns(Peer Peer, ushort MessageType) : NodeEvent;
