namespace ActorP2P.Protocol;

/// <summary>Where a session stands. The order is the order of a session's life.</summary>
internal enum SessionState
{
    /// <summary>Initiator: hello sent; requests may already follow it.</summary>
    AwaitingHelloAck,
    /// <summary>Responder: nothing received yet.</summary>
    AwaitingHello,
    /// <summary>Responder: hello taken and answered; the initiator has yet to accept us. What it sends is served.</summary>
    AwaitingReady,
    /// <summary>Both sides have accepted each other.</summary>
    Ready,
    /// <summary>A goodbye was said by either side: nothing new is begun, what is queued drains.</summary>
    Draining,
    /// <summary>Ended for a fault, whichever side named it: our goodbye goes out if it was ours to name, nothing more is read or
    /// sent.</summary>
    Refusing,
    /// <summary>Over.</summary>
    Closed,
}
