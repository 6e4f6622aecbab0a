namespace ActorP2P;

/// <summary>
/// The kinds of trouble a transport tells apart. A closed set; what fits none is <see cref="Other"/>.
/// </summary>
public enum TransportFault
{
    /// <summary>No error.</summary>
    None,
    /// <summary>The peer ended its stream in good order.</summary>
    EndOfStream,
    /// <summary>The peer, or something between, cut the connection.</summary>
    Reset,
    /// <summary>Nobody listens at the address.</summary>
    Refused,
    /// <summary>No answer in time.</summary>
    TimedOut,
    /// <summary>No route to the address.</summary>
    Unreachable,
    /// <summary>The name has no address.</summary>
    NameNotResolved,
    /// <summary>Another listener has the address.</summary>
    AddressInUse,
    /// <summary>The system does not allow it to this process.</summary>
    AccessDenied,
    /// <summary>The process, or the system, has no file descriptor left.</summary>
    TooManyOpenFiles,
    /// <summary>Our side gave it up.</summary>
    Aborted,
    /// <summary>The two sides could not agree on an encrypted connection.</summary>
    HandshakeFailed,
    /// <summary>A node was dialled by its id, and another node answered.</summary>
    WrongNode,
    /// <summary>Anything else; the detail names it.</summary>
    Other,
}
