using ActorP2P.Protocol;

namespace ActorP2P;

/// <summary>A message on its way into a peer's send queue.</summary>
/// <param name="Kind">Request, notify or broadcast.</param>
/// <param name="Message">The encoded message. This entry has a hold on its buffer.</param>
/// <param name="Lane">High, normal or bulk.</param>
/// <param name="Expires">When the message expires; null for never.</param>
/// <param name="Id">The request's id.</param>
/// <param name="Trace">The trace that it is part of, as headers; null for none.</param>
internal readonly record struct OutboxEntry(
    FrameKind Kind, EncodedMessage Message, Lane Lane, TimeSpan? Expires = null, ulong Id = 0, byte[]? Trace = null);
