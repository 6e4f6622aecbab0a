namespace ActorP2P;

/// <summary>
/// The kinds of faults that a transport distinguishes. The set is closed; any other fault is <see cref="Other"/>.
/// </summary>
public enum TransportFault
{
    /// <summary>No error.</summary>
    None,
    /// <summary>The peer ended its direction of the stream.</summary>
    EndOfStream,
    /// <summary>The peer, or a device on the way, reset the connection.</summary>
    Reset,
    /// <summary>No process listens at the address.</summary>
    Refused,
    /// <summary>There was no answer in time.</summary>
    TimedOut,
    /// <summary>There is no route to the address.</summary>
    Unreachable,
    /// <summary>The name has no address.</summary>
    NameNotResolved,
    /// <summary>The address is in use by another listener.</summary>
    AddressInUse,
    /// <summary>The operating system does not permit it.</summary>
    AccessDenied,
    /// <summary>The process or the operating system has no file descriptor left.</summary>
    TooManyOpenFiles,
    /// <summary>This side abandoned it.</summary>
    Aborted,
    /// <summary>The two sides could not agree on an encrypted connection.</summary>
    HandshakeFailed,
    /// <summary>A node was dialled by its id, and another node answered.</summary>
    WrongNode,
    /// <summary>Anything else; the detail names it.</summary>
    Other,
}
