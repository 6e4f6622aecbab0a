namespace ActorP2P.Protocol;

/// <summary>
/// A whole message of the peer, as the session delivers it: a request, a response, a notify or a broadcast. A request
/// is answered through <see cref="PeerSession.Respond(OutboundMessage)"/>; each message is given back through
/// <see cref="PeerSession.Finish"/>.
/// </summary>
/// <param name="Header">The header of the message's last frame.</param>
/// <param name="Body">
/// The encoded message. Without an owner it lies in the receive buffer, and is valid only until the next frame.
/// </param>
/// <param name="Owner">Holds a body that came in fragments; the shell releases it.</param>
/// <param name="Charge">
/// What the message costs until it is dealt with; the argument of <see cref="PeerSession.Finish"/>.
/// </param>
/// <param name="Expires">The time from which its handler must not begin any more; null when it does not matter.</param>
internal readonly record struct InboundMessage(
    FrameHeader Header, ReadOnlyMemory<byte> Body, SharedBuffer? Owner, InboundCharge Charge, TimeSpan? Expires)
{
    /// <summary>
    /// Its headers when they have a trace, for <see cref="TaggedHeaders.TryReadTrace"/>; empty otherwise. Without an owner
    /// they lie in the receive buffer, as the body does.
    /// </summary>
    public ReadOnlyMemory<byte> Headers { get; init; }

    /// <summary>Request, response, notify or broadcast.</summary>
    public FrameKind Kind => Header.Kind;

    /// <summary>The message type, by the peer's numbers.</summary>
    public ushort Type => Header.Type;

    /// <summary>The request's id, also of its response; the peer's counter of a notify or broadcast.</summary>
    public ulong Id => Header.Id;

    /// <summary>The lane it came in.</summary>
    public Lane Lane => Header.Lane;

    /// <summary>Reads the head with which a broadcast's body begins.</summary>
    public BroadcastHead ReadBroadcastHead() => BroadcastHead.Read(Body.Span);
}
