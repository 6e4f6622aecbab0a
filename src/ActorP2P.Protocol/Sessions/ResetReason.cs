namespace ActorP2P.Protocol;

/// <summary>Why a message is abandoned, held or resumed while its fragments are being sent.</summary>
internal enum ResetReason : ushort
{
    /// <summary>From the sender: it has stopped, and the receiver drops its part of the message.</summary>
    Stopped = 0,
    /// <summary>From the receiver: there is no room for the message now.</summary>
    NoRoom = 1,
    /// <summary>From the receiver: it has this broadcast already.</summary>
    Duplicate = 2,
    /// <summary>From the receiver: nothing waits for this message any more.</summary>
    Unwanted = 3,
    /// <summary>
    /// From the receiver: the response was requested and must wait for room. The sender pauses.
    /// </summary>
    Hold = 4,
    /// <summary>From the receiver: there is room now for the held response. The sender goes on.</summary>
    Resume = 5,
    /// <summary>
    /// From the receiver: no fragment of the message arrived for too long, although there was credit for it.
    /// </summary>
    Stalled = 6,
}
