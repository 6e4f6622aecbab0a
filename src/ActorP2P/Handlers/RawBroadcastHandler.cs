namespace ActorP2P;

/// <summary>
/// Judges a broadcast by its bytes, for programs that pass on messages whose form they do not know, such as relays and
/// tools. It runs outside of the connection's turn, like the handlers of typed broadcasts.
/// </summary>
/// <param name="payload">All bytes of the message, without its signature. They may be hostile.</param>
/// <param name="context">What is known of the broadcast.</param>
/// <returns>Whether the broadcast is relayed, and whether the sender is charged.</returns>
public delegate Verdict RawBroadcastHandler(ReadOnlyMemory<byte> payload, BroadcastContext context);
