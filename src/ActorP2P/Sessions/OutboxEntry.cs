using ActorP2P.Protocol;

namespace ActorP2P;

/// <summary>A notify on its way into a peer's send queue.</summary>
internal readonly record struct OutboxEntry(EncodedMessage Message, Lane Lane, TimeSpan? Expires = null);
