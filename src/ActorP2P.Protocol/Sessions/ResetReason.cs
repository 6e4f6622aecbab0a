namespace ActorP2P.Protocol;

/// <summary>Why a message is given up on while its fragments are still under way.</summary>
internal enum ResetReason : ushort
{
    /// <summary>From the sender: it has stopped; the receiver forgets what it has of the message.</summary>
    Stopped = 0,
    /// <summary>From the receiver: its reassembly budget is spent for now.</summary>
    NoRoom = 1,
    /// <summary>From the receiver: it has this broadcast already.</summary>
    Duplicate = 2,
    /// <summary>From the receiver: nobody waits for this message any more.</summary>
    Unwanted = 3,
    /// <summary>From the receiver: the response was asked for, and has to wait for room; send no more of it for now.</summary>
    Hold = 4,
    /// <summary>From the receiver: there is room now for the response that was held.</summary>
    Resume = 5,
    /// <summary>From the receiver: nothing more of the message came for too long, though there was credit for it.</summary>
    Stalled = 6,
}
