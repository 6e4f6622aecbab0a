using ActorP2P.Protocol;

namespace ActorP2P;

/// <summary>
/// Why a session ended. Both sides use this one closed set: values below 0x100 travel in a goodbye; values from 0x100
/// up are those that only one side can see. <see cref="ReasonTable"/> gives the consequences of each, and
/// <c>docs/internals/protocol.md</c> prints them.
/// </summary>
public enum DisconnectReason : ushort
{
    /// <summary>The node is shutting down.</summary>
    ShuttingDown = 0x01,
    /// <summary>The application closed the connection.</summary>
    ApplicationClosed = 0x02,
    /// <summary>The node has no free slot.</summary>
    TooManyConnections = 0x03,
    /// <summary>Another connection to the same node is kept.</summary>
    DuplicateConnection = 0x04,
    /// <summary>The node dialled itself.</summary>
    SelfConnection = 0x05,
    /// <summary>The other side belongs to another network.</summary>
    WrongNetwork = 0x06,
    /// <summary>No protocol version in common.</summary>
    UnsupportedVersion = 0x07,
    /// <summary>The other side's address or identity is banned.</summary>
    Banned = 0x08,
    /// <summary>The handshake was not complete in time.</summary>
    HandshakeTimeout = 0x09,
    /// <summary>A ping was not answered in time.</summary>
    PingTimeout = 0x0a,
    /// <summary>Data waited, and the other side read nothing for too long.</summary>
    SlowReader = 0x0b,
    /// <summary>Too many penalty points.</summary>
    Penalised = 0x0c,
    /// <summary>Messages waited, and the other side granted no credit for too long.</summary>
    NoCredit = 0x0d,
    /// <summary>The node's memory was short, and the other side used the most of it.</summary>
    MemoryShort = 0x0e,
    /// <summary>The other side claims a node id without having that node's key.</summary>
    WrongNode = 0x0f,
    /// <summary>The node's access rules do not admit the other side.</summary>
    NotAdmitted = 0x10,
    /// <summary>The first bytes are not a hello of this protocol.</summary>
    NotThisProtocol = 0x20,
    /// <summary>A frame that does not belong in the session's state: before the hello, or a second hello.</summary>
    UnexpectedFrame = 0x21,
    /// <summary>A hello that does not parse, or has a value that is not allowed.</summary>
    InvalidHello = 0x22,
    /// <summary>A frame longer than the limit.</summary>
    FrameTooLong = 0x23,
    /// <summary>An unknown frame kind.</summary>
    UnknownKind = 0x24,
    /// <summary>A reserved flag, or a flag that the kind of frame must not have.</summary>
    InvalidFlags = 0x25,
    /// <summary>A length that the kind of frame does not allow.</summary>
    InvalidLength = 0x26,
    /// <summary>A type or id that the kind must not have, or a session frame whose payload does not parse.</summary>
    MalformedFrame = 0x27,
    /// <summary>Tagged headers that do not parse.</summary>
    MalformedHeaders = 0x28,
    /// <summary>A fragment of a message that was never begun, or a second beginning.</summary>
    FragmentOutOfPlace = 0x29,
    /// <summary>Fragments that carry more, or end with less, than the total their first one declared.</summary>
    FragmentTotalMismatch = 0x2a,
    /// <summary>More fragmented messages open in a lane than allowed.</summary>
    TooManyFragmentedMessages = 0x2b,
    /// <summary>More bytes in a class than credit was granted for.</summary>
    CreditExceeded = 0x2c,
    /// <summary>More requests open than the limit that was announced.</summary>
    TooManyRequests = 0x2d,
    /// <summary>A request id that is already open.</summary>
    DuplicateRequestId = 0x2e,
    /// <summary>A broadcast whose id is not the hash of its content.</summary>
    BroadcastIdMismatch = 0x2f,
    /// <summary>A broadcast that travelled further than the hop limit.</summary>
    HopLimitExceeded = 0x30,
    /// <summary>A kind that needs a feature which this session did not negotiate.</summary>
    NotNegotiated = 0x31,
    /// <summary>The other side causes more control frames than it reads.</summary>
    ControlOverflow = 0x32,
    /// <summary>A message longer than the limit announced in hello.</summary>
    MessageTooLong = 0x33,
    /// <summary>More dropped broadcasts asked for than were announced.</summary>
    BroadcastNotOffered = 0x34,
    /// <summary>More updates of the other side's hello than allowed.</summary>
    TooManyUpdates = 0x3a,
    /// <summary>A signed broadcast whose author has not signed it.</summary>
    BroadcastNotSigned = 0x3b,
    /// <summary>More frames that need no credit than the messages of both sides account for.</summary>
    TooManyControlFrames = 0x3c,
    /// <summary>A frame of a stream that was never opened, that has ended, or that was opened before.</summary>
    StreamOutOfPlace = 0x40,
    /// <summary>More streams open than the limit that was announced.</summary>
    TooManyStreams = 0x41,

    /// <summary>From the other side: a reason this version does not know; the detail has its code.</summary>
    OtherReason = 0xff,

    /// <summary>The stream ended without a goodbye.</summary>
    ConnectionLost = 0x100,
    /// <summary>The connection was reset.</summary>
    ConnectionReset = 0x101,
    /// <summary>The transport failed in another way; the detail says how.</summary>
    TransportFailed = 0x102,
    /// <summary>What was queued could not be delivered before the deadline of a graceful end.</summary>
    DrainTimeout = 0x103,
    /// <summary>An internal fault of this node.</summary>
    InternalError = 0x104,
    /// <summary>The two sides could not agree on an encrypted connection; the detail says why.</summary>
    EncryptionFailed = 0x105,
}
