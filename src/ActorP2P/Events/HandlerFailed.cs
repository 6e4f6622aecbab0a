namespace ActorP2P;

/// <summary>A handler of the application threw, or returned what it must not. Its peer is not charged for it.</summary>
/// <param name="Peer">Whose message it was.</param>
/// <param name="MessageType">The type code of the message.</param>
/// <param name="Exception">What was thrown.</param>
public sealed record HandlerFailed(Peer Peer, ushort MessageType, Exception Exception) : NodeEvent;
