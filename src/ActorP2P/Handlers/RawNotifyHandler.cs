namespace ActorP2P;

/// <summary>
/// Handles a notify's bytes in place, without an object or a copy. It runs inline, in the connection's own turn. The
/// connection reads and sends nothing meanwhile, so it must be short and must not block. The span is valid only during
/// the call.
/// </summary>
/// <param name="peer">The peer that sent the message.</param>
/// <param name="payload">All bytes of the message. They may be hostile.</param>
public delegate void RawNotifyHandler(Peer peer, ReadOnlySpan<byte> payload);
