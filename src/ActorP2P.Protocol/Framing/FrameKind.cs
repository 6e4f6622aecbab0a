namespace ActorP2P.Protocol;

/// <summary>
/// What a frame is. The byte at offset 4 of every frame; the set is closed, an unknown value ends the session.
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
    /// <summary>The sender is leaving, and why; nothing but what drains follows.</summary>
    Goodbye = 0x07,
    /// <summary>The goodbye was read and everything before it handled; the connection may close.</summary>
    GoodbyeAck = 0x08,
    /// <summary>A question; its id is answered by exactly one <see cref="Response"/> or <see cref="Error"/>.</summary>
    Request = 0x10,
    /// <summary>The answer to a request of the same id.</summary>
    Response = 0x11,
    /// <summary>A request of the same id failed, with a code.</summary>
    Error = 0x12,
    /// <summary>The asker no longer wants the answer to its request of this id.</summary>
    Cancel = 0x13,
    /// <summary>The receiver of a fragmented message will not take it; the sender stops sending it.</summary>
    Reset = 0x14,
    /// <summary>A message that expects no answer.</summary>
    Notify = 0x20,
    /// <summary>A message for the whole mesh.</summary>
    Broadcast = 0x21,
    /// <summary>Ids of broadcasts that were not sent, or that are asked for.</summary>
    GossipControl = 0x30,
    /// <summary>Reserved for peer exchange and the DHT; refused until it is negotiated.</summary>
    DiscoveryControl = 0x31,
}
