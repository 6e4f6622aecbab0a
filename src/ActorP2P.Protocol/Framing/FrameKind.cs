namespace ActorP2P.Protocol;

/// <summary>
/// The kind of a frame: the byte at offset 4. The set is closed; an unknown value ends the session.
/// </summary>
public enum FrameKind : byte
{
    /// <summary>The initiator's introduction; the first frame of a connection.</summary>
    Hello = 0x01,
    /// <summary>The responder's introduction, in answer to <see cref="Hello"/>.</summary>
    HelloAck = 0x02,
    /// <summary>The initiator accepts the responder; the handshake is complete.</summary>
    Ready = 0x03,
    /// <summary>Asks for a <see cref="Pong"/> with the same id.</summary>
    Ping = 0x04,
    /// <summary>Answers a <see cref="Ping"/>; the id is the ping's nonce.</summary>
    Pong = 0x05,
    /// <summary>Raises the number of bytes the other side may send in a class.</summary>
    Credit = 0x06,
    /// <summary>The sender is leaving and says why. Only messages that it had begun or queued may follow.</summary>
    Goodbye = 0x07,
    /// <summary>The sender has read the goodbye and handled everything before it. The connection may close.</summary>
    GoodbyeAck = 0x08,
    /// <summary>What the sender says anew of itself: fields of its hello that may change.</summary>
    Update = 0x09,
    /// <summary>
    /// A request. Exactly one <see cref="Response"/> or <see cref="Error"/> with the same id answers it.
    /// </summary>
    Request = 0x10,
    /// <summary>The answer to the request with the same id.</summary>
    Response = 0x11,
    /// <summary>The request with the same id failed; the payload gives a code.</summary>
    Error = 0x12,
    /// <summary>The requester no longer wants the answer to its request with this id.</summary>
    Cancel = 0x13,
    /// <summary>The receiver refuses the rest of a fragmented message; the sender stops sending it.</summary>
    Reset = 0x14,
    /// <summary>A message that expects no answer.</summary>
    Notify = 0x20,
    /// <summary>A message for the whole mesh.</summary>
    Broadcast = 0x21,
    /// <summary>Ids of broadcasts that were not sent, or that are requested.</summary>
    GossipControl = 0x30,
    /// <summary>Reserved for peer exchange and the DHT. No version negotiates it yet, so it is refused.</summary>
    DiscoveryControl = 0x31,
    /// <summary>Opens a stream with a typed request.</summary>
    StreamOpen = 0x40,
    /// <summary>The next bytes of one direction of a stream.</summary>
    StreamData = 0x41,
    /// <summary>The end of one direction of a stream; the payload gives the total of its bytes.</summary>
    StreamEnd = 0x42,
    /// <summary>The end of both directions of a stream; the payload says why.</summary>
    StreamReset = 0x43,
    /// <summary>Raises the number of bytes that the other side may send on a stream.</summary>
    StreamCredit = 0x44,
}
