namespace ActorP2P.Protocol;

/// <summary>What a session asks of its shell.</summary>
internal enum SessionEffectKind
{
    /// <summary>The handshake is complete; <see cref="PeerSession.RemoteHello"/> is set.</summary>
    Ready,
    /// <summary>A request to handle; answer with <see cref="PeerSession.Respond(OutboundMessage)"/>, then <see cref="PeerSession.Finish"/>.</summary>
    Request,
    /// <summary>The answer to a request of ours.</summary>
    Response,
    /// <summary>A request of ours failed at the peer: the code is the header's type, the text is <see cref="SessionEffect.Text"/>.</summary>
    Error,
    /// <summary>The peer cancelled its request of this id.</summary>
    Cancelled,
    /// <summary>The peer refused a message of ours: kind and id are the message's, the reason is the header's type.</summary>
    Refused,
    /// <summary>A message of ours was not wanted any more before it could be sent, and has left its lane: kind and id are the message's.</summary>
    Expired,
    /// <summary>A notify.</summary>
    Notify,
    /// <summary>The head of a broadcast whose fragments still arrive; <see cref="PeerSession.RefuseBroadcast"/> stops it.</summary>
    BroadcastBegun,
    /// <summary>A whole broadcast, its content id checked.</summary>
    Broadcast,
    /// <summary>A broadcast was not sent to the peer: body, type and lane are its own. To be kept, for the peer may ask for it.</summary>
    BroadcastDropped,
    /// <summary>The peer could not send broadcasts: the body is their ids. <see cref="PeerSession.AskFor"/> asks for those not known.</summary>
    BroadcastsAnnounced,
    /// <summary>The peer asks for broadcasts that it was not sent: the body is their ids. To be sent by <see cref="PeerSession.SendAgain"/>.</summary>
    BroadcastsWanted,
    /// <summary>A goodbye was said by either side: begin nothing new on this session.</summary>
    Draining,
    /// <summary>Send what is written, then end the stream.</summary>
    Shutdown,
    /// <summary>Cut the connection now.</summary>
    Abort,
    /// <summary>The session is over; <see cref="SessionEffect.End"/> says why. The last effect.</summary>
    Closed,
}
