namespace ActorP2P.Protocol;

/// <summary>Why a message is given up on while its fragments are still under way.</summary>
public enum ResetReason : ushort
{
    /// <summary>From the sender: it has stopped; the receiver forgets what it has of the message.</summary>
    Stopped = 0,
    /// <summary>From the receiver: its reassembly budget is spent for now.</summary>
    NoRoom = 1,
    /// <summary>From the receiver: it has this broadcast already.</summary>
    Duplicate = 2,
    /// <summary>From the receiver: nobody waits for this message any more.</summary>
    Unwanted = 3,
}
