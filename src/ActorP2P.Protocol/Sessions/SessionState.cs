namespace ActorP2P.Protocol;

/// <summary>The states of a session, in the order of its life.</summary>
internal enum SessionState
{
    /// <summary>Initiator: the hello is sent; requests may already follow it.</summary>
    AwaitingHelloAck,
    /// <summary>Responder: nothing is received yet.</summary>
    AwaitingHello,
    /// <summary>
    /// The peer's hello is acceptable, and the host is asked whether to admit the peer. Nothing is read or answered
    /// meanwhile.
    /// </summary>
    AwaitingAdmission,
    /// <summary>
    /// Responder: the hello is accepted and answered, and the initiator has not accepted the answer yet. Its messages
    /// are handled.
    /// </summary>
    AwaitingReady,
    /// <summary>Both sides have accepted each other.</summary>
    Ready,
    /// <summary>One side has sent a goodbye: nothing new begins, and what is queued drains.</summary>
    Draining,
    /// <summary>
    /// Both goodbyes are acknowledged and nothing is left to send: this node ends its stream. Nothing more is read.
    /// </summary>
    Drained,
    /// <summary>
    /// Ended for a fault. If this node found the fault, its goodbye is sent; otherwise nothing is. Nothing more is
    /// read.
    /// </summary>
    Refusing,
    /// <summary>The session is over.</summary>
    Closed,
}
