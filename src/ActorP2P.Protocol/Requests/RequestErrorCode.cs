namespace ActorP2P;

/// <summary>Why a request failed at the node that was asked. Codes from 0x100 up are the application's own.</summary>
public enum RequestErrorCode : ushort
{
    /// <summary>The node does not offer the service that the type belongs to.</summary>
    NoSuchService = 1,
    /// <summary>The node knows the service, but not the message type.</summary>
    UnknownType = 2,
    /// <summary>The payload is not a valid message of its type.</summary>
    Malformed = 3,
    /// <summary>The handler failed.</summary>
    HandlerFailed = 4,
    /// <summary>The node has no room for the request or its answer now.</summary>
    NoRoom = 5,
    /// <summary>The node is leaving.</summary>
    ShuttingDown = 6,
    /// <summary>The answer is longer than the requester accepts.</summary>
    ResponseTooLong = 7,
    /// <summary>The request expired before its handler began.</summary>
    Expired = 8,
    /// <summary>The requester may not use the service: it is for members, or for peers that have logged in.</summary>
    NotAllowed = 9,
    /// <summary>The stream is no longer wanted: its other side has aborted it, or reads no more.</summary>
    Unwanted = 10,
    /// <summary>The first code that applications may define.</summary>
    FirstApplicationCode = 0x100,
}
