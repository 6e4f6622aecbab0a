namespace ActorP2P;

/// <summary>
/// A handler of the application threw an exception, or returned an invalid result. The peer is not charged for it.
/// </summary>
/// <param name="Peer">The peer that sent the message.</param>
/// <param name="MessageType">The type code of the message.</param>
/// <param name="Exception">The exception.</param>
public sealed record HandlerFailed(Peer Peer, ushort MessageType, Exception Exception) : NodeEvent;
