namespace ActorP2P.Protocol;

/// <summary>
/// A whole message of the peer, as the session delivers it: a request, a response, a notify or a
/// broadcast. The shell answers a request through <see cref="PeerSession.Respond(OutboundMessage)"/>
/// and ends every message with <see cref="PeerSession.Finish"/>.
/// </summary>
/// <param name="Header">The header of the message's last frame.</param>
/// <param name="Body">
/// The encoded message. Without an owner it lies in the receive buffer and is valid only until the next frame.
/// </param>
/// <param name="Owner">The buffer of a message that came in fragments; the shell releases it.</param>
/// <param name="Charge">
/// What the message occupies until it is finished; the argument of <see cref="PeerSession.Finish"/>.
/// </param>
/// <param name="Expires">The time after which its handler must not begin; null when there is none.</param>
internal readonly record struct InboundMessage(
    FrameHeader Header, ReadOnlyMemory<byte> Body, SharedBuffer? Owner, InboundCharge Charge, TimeSpan? Expires)
{
    /// <summary>
    /// Its headers when they have a trace, for <see cref="TaggedHeaders.TryReadTrace"/>; empty otherwise. Without an
    /// owner they lie in the receive buffer, as the body does.
    /// </summary>
    public ReadOnlyMemory<byte> Headers { get; init; }

    /// <summary>Request, response, notify or broadcast.</summary>
    public FrameKind Kind => Header.Kind;

    /// <summary>The message type, in the peer's numbers.</summary>
    public ushort Type => Header.Type;

    /// <summary>The id of a request, the id of the request that a response answers, or the peer's counter.</summary>
    public ulong Id => Header.Id;

    /// <summary>The lane it arrived in.</summary>
    public Lane Lane => Header.Lane;

    /// <summary>Reads the head at the beginning of a broadcast's body.</summary>
    public BroadcastHead ReadBroadcastHead() => BroadcastHead.Read(Body.Span);
}
