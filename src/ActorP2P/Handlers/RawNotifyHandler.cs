namespace ActorP2P;

/// <summary>
/// Takes a notify's bytes where they lie, without an object or a copy. It is called inline, in the connection's own turn: while
/// it runs nothing of that connection is read or sent, so it must be short and must not block. The span is valid only during
/// the call.
/// </summary>
/// <param name="peer">Whom the message came from.</param>
/// <param name="payload">All bytes of the message; hostile until proven otherwise.</param>
public delegate void RawNotifyHandler(Peer peer, ReadOnlySpan<byte> payload);
