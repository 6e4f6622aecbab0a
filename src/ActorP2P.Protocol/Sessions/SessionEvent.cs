namespace ActorP2P.Protocol;

/// <summary>The effects of a session other than the messages of the peer.</summary>
internal abstract record SessionEvent
{
    private SessionEvent()
    {
    }

    /// <summary>The handshake is complete, and <see cref="PeerSession.RemoteHello"/> is set.</summary>
    public sealed record Ready : SessionEvent
    {
        /// <summary>The only instance.</summary>
        public static readonly Ready Instance = new();
    }

    /// <summary>
    /// The peer's hello is acceptable. <see cref="PeerSession.OnAdmitted"/> must follow, or the end of the session.
    /// </summary>
    public sealed record AdmissionAsked : SessionEvent
    {
        /// <summary>The only instance.</summary>
        public static readonly AdmissionAsked Instance = new();
    }

    /// <summary>
    /// A request of this node failed: the peer said so, or this node refused the response.
    /// </summary>
    /// <param name="Id">The request's id.</param>
    /// <param name="Code">Why. It may be a code of the application.</param>
    /// <param name="Text">A text for people.</param>
    public sealed record RequestFailed(ulong Id, RequestErrorCode Code, string Text) : SessionEvent;

    /// <summary>The peer no longer wants the answer to its open request.</summary>
    /// <param name="Id">The request's id.</param>
    public sealed record RequestCancelled(ulong Id) : SessionEvent;

    /// <summary>The peer refuses the rest of a message of this node, and no more of it is sent.</summary>
    /// <param name="Kind">Request, response, notify or broadcast.</param>
    /// <param name="Id">The message's id.</param>
    /// <param name="Reason">Why. It may be a reason of a later version, which has no name here.</param>
    public sealed record MessageRefused(FrameKind Kind, ulong Id, ResetReason Reason) : SessionEvent;

    /// <summary>A message of this node expired before it could be sent, and has left its lane.</summary>
    /// <param name="Kind">Request, notify or broadcast.</param>
    /// <param name="Id">The message's id.</param>
    public sealed record MessageExpired(FrameKind Kind, ulong Id) : SessionEvent;

    /// <summary>
    /// The first fragment of a broadcast arrived. A node that knows the broadcast already stops it with
    /// <see cref="PeerSession.RefuseBroadcast"/>.
    /// </summary>
    /// <param name="FrameId">The id in the frames that carry it.</param>
    /// <param name="Head">The broadcast's head. Its id is checked when the broadcast is complete.</param>
    public sealed record BroadcastBegun(ulong FrameId, BroadcastHead Head) : SessionEvent;

    /// <summary>
    /// A broadcast was not sent to the peer. The shell keeps it for a while, because the peer may ask for it.
    /// </summary>
    /// <param name="Broadcast">The broadcast. The shell gets a hold of its own on the buffer.</param>
    public sealed record BroadcastDropped(KeptBroadcast Broadcast) : SessionEvent;

    /// <summary>
    /// The peer could not send some broadcasts. <see cref="PeerSession.AskFor"/> asks for those that are unknown here.
    /// </summary>
    /// <param name="Ids">Their content ids.</param>
    public sealed record BroadcastsAnnounced(IReadOnlyList<BroadcastId> Ids) : SessionEvent;

    /// <summary>
    /// The peer asks for broadcasts that were not sent to it. <see cref="PeerSession.SendAgain"/> sends them.
    /// </summary>
    /// <param name="Ids">Their content ids.</param>
    public sealed record BroadcastsWanted(IReadOnlyList<BroadcastId> Ids) : SessionEvent;

    /// <summary>The peer says something anew of itself; <see cref="PeerSession.RemoteHello"/> has it.</summary>
    /// <param name="HasNewState">Whether its application's state has changed.</param>
    public sealed record Updated(bool HasNewState) : SessionEvent;

    /// <summary>The peer has answered the ping of <see cref="PeerSession.Probe"/>.</summary>
    public sealed record Answered : SessionEvent
    {
        /// <summary>The only instance.</summary>
        public static readonly Answered Instance = new();
    }

    /// <summary>One side has sent a goodbye: begin nothing new on this session.</summary>
    public sealed record Draining : SessionEvent
    {
        /// <summary>The only instance.</summary>
        public static readonly Draining Instance = new();
    }

    /// <summary>Send what is written, then end the stream.</summary>
    public sealed record Shutdown : SessionEvent
    {
        /// <summary>The only instance.</summary>
        public static readonly Shutdown Instance = new();
    }

    /// <summary>Cut the connection now.</summary>
    public sealed record Abort : SessionEvent
    {
        /// <summary>The only instance.</summary>
        public static readonly Abort Instance = new();
    }

    /// <summary>The session is over. Nothing follows this event.</summary>
    /// <param name="End">Why.</param>
    public sealed record Closed(Disconnect End) : SessionEvent;
}
