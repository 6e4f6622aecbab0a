using ActorP2P.Protocol;
using ActorP2P.Transport;

namespace ActorP2P;

/// <summary>The messages to a PeerActor, besides the frame batches of its connection.</summary>
internal static class PeerMessages
{
    /// <summary>The operating system has taken written bytes, and there is room for more.</summary>
    public sealed record Room
    {
        public static readonly Room Instance = new();
    }

    /// <summary>The connection is closed.</summary>
    public sealed record ConnectionClosed(TransportError Error)
    {
        /// <summary>The reason for the session.</summary>
        public DisconnectReason Reason => Error.Fault switch
        {
            TransportFault.EndOfStream => DisconnectReason.ConnectionLost,
            TransportFault.Reset or TransportFault.Aborted => DisconnectReason.ConnectionReset,
            TransportFault.HandshakeFailed => DisconnectReason.EncryptionFailed,
            TransportFault.WrongNode => DisconnectReason.WrongNode,
            _ => DisconnectReason.TransportFailed,
        };
    }

    /// <summary>The node's rules of access have changed while the connection was in its handshake.</summary>
    public sealed record RulesChanged
    {
        public static readonly RulesChanged Instance = new();
    }

    /// <summary>The node says something anew of itself (<see cref="NodeContext.Profile"/>).</summary>
    public sealed record ProfileChanged
    {
        public static readonly ProfileChanged Instance = new();
    }

    /// <summary>Ping the peer at once, and tell the manager when it has answered.</summary>
    public sealed record Probe
    {
        public static readonly Probe Instance = new();
    }

    /// <summary>The program has said whether it admits the peer, or its time is over.</summary>
    public sealed record AdmissionGiven(AdmissionCall Call, Admission Outcome);

    /// <summary>The session's deadline may have passed.</summary>
    public sealed record DeadlineDue
    {
        public static readonly DeadlineDue Instance = new();
    }

    /// <summary>The answer to a request is no longer wanted.</summary>
    public sealed record CancelRequest(RequestId Id);

    /// <summary>The application has done something with streams.</summary>
    public sealed record StreamsTouched
    {
        public static readonly StreamsTouched Instance = new();
    }

    /// <summary>The <see cref="Outbox"/> is no longer empty.</summary>
    public sealed record OutboxFilled
    {
        public static readonly OutboxFilled Instance = new();
    }

    /// <summary>
    /// Send broadcasts. Other peers share the list and the buffers; this peer has a hold of its own on each
    /// buffer. <c>IsAgain</c> says that the peer missed these broadcasts before and has asked for them.
    /// </summary>
    public sealed record SendBroadcasts(OutboxEntry[] Messages, bool IsAgain = false) : IUndeliverable
    {
        // One hold for each peer that the message was sent to.
        public void OnUndelivered() => Array.ForEach(Messages, entry => entry.Message.Buffer.Release());
    }

    /// <summary>Ask the peer for broadcasts that it has announced as dropped.</summary>
    public sealed record AskForBroadcasts(BroadcastId[] Ids);

    /// <summary>Handlers of the connection have ended. Their results are in its <see cref="HandlerQueue"/>.</summary>
    public sealed record HandlersEnded
    {
        public static readonly HandlersEnded Instance = new();
    }

    /// <summary>The connection has got the handler slot that it waited for.</summary>
    public sealed record SlotGranted(HandlerSlots Slots) : IUndeliverable
    {
        public void OnUndelivered() => Slots.Release();
    }

    /// <summary>The Broadcaster has finished with broadcasts of this peer.</summary>
    public sealed record BroadcastsDone(DoneBroadcast[] Broadcasts);

    /// <summary>A response that waited for room has it.</summary>
    public sealed record ReplyRoom
    {
        public static readonly ReplyRoom Instance = new();
    }

    /// <summary>A broadcast whose fragments are still arriving is known already.</summary>
    public sealed record RefuseBroadcast(ulong Id);

    /// <summary>
    /// End the session: with a goodbye and a drain, or for a fault of the peer. <c>IsCut</c> cuts the connection
    /// without waiting for the peer to read the reason.
    /// </summary>
    public sealed record End(DisconnectReason Reason, string Detail, bool IsFault, bool IsCut = false)
    {
        /// <summary>
        /// Whether it applies only to a session that is not ready; one that has become ready meanwhile goes on.
        /// </summary>
        public bool IsForHalfOpen { get; init; }
    }

    /// <summary>The slots for handshakes run short: the time limit for the peer's hello becomes shorter.</summary>
    public sealed record HandshakesCrowded
    {
        public static readonly HandshakesCrowded Instance = new();
    }
}
