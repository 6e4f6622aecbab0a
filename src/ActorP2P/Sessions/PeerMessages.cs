using ActorP2P.Protocol;
using ActorP2P.Transport;

namespace ActorP2P;

/// <summary>What a PeerActor is told, beside the frame batches of its connection.</summary>
internal static class PeerMessages
{
    /// <summary>The kernel has taken what was written, and there is room for more.</summary>
    public sealed record Room
    {
        public static readonly Room Instance = new();
    }

    /// <summary>The connection is gone.</summary>
    public sealed record ConnectionClosed(TransportError Error)
    {
        /// <summary>What that is to the session.</summary>
        public DisconnectReason Reason => Error.Fault switch
        {
            TransportFault.EndOfStream => DisconnectReason.ConnectionLost,
            TransportFault.Reset or TransportFault.Aborted => DisconnectReason.ConnectionReset,
            TransportFault.HandshakeFailed => DisconnectReason.EncryptionFailed,
            _ => DisconnectReason.TransportFailed,
        };
    }

    /// <summary>The session's deadline may have come.</summary>
    public sealed record DeadlineDue
    {
        public static readonly DeadlineDue Instance = new();
    }

    /// <summary>Nobody waits for the answer to a request any more.</summary>
    public sealed record CancelRequest(RequestId Id);

    /// <summary>The <see cref="Outbox"/> is no longer empty.</summary>
    public sealed record OutboxFilled
    {
        public static readonly OutboxFilled Instance = new();
    }

    /// <summary>
    /// Send broadcasts; list and buffers are shared with other peers, and each buffer is held once for this one. Again:
    /// the peer was not sent them before, and has asked for them.
    /// </summary>
    public sealed record SendBroadcasts(OutboxEntry[] Messages, bool IsAgain = false) : IUndeliverable
    {
        // One hold for each peer it was told to.
        public void OnUndelivered() => Array.ForEach(Messages, entry => entry.Message.Buffer.Release());
    }

    /// <summary>Ask the peer for broadcasts that it has announced as dropped.</summary>
    public sealed record AskForBroadcasts(BroadcastId[] Ids);

    /// <summary>Handlers of the connection have ended: their results are with its <see cref="HandlerQueue"/>.</summary>
    public sealed record HandlersEnded
    {
        public static readonly HandlersEnded Instance = new();
    }

    /// <summary>The connection was in line for a slot of the node's, and has it.</summary>
    public sealed record SlotGranted(HandlerSlots Slots) : IUndeliverable
    {
        public void OnUndelivered() => Slots.Release();
    }

    /// <summary>The Broadcaster is through with a broadcast that came from here.</summary>
    public sealed record BroadcastDone(InboundCharge Charge, int Points, string Detail);

    /// <summary>A response that waited for room has it.</summary>
    public sealed record ReplyRoom
    {
        public static readonly ReplyRoom Instance = new();
    }

    /// <summary>A broadcast whose fragments still arrive is known already.</summary>
    public sealed record RefuseBroadcast(ulong Id);

    /// <summary>
    /// End the session: in order, or for a fault of the peer; cut, without waiting for the peer to read why.
    /// </summary>
    public sealed record End(DisconnectReason Reason, string Detail, bool IsFault, bool IsCut = false)
    {
        /// <summary>
        /// Whether it is meant only for a session that is not ready; one that has become ready meanwhile goes on.
        /// </summary>
        public bool IsForHalfOpen { get; init; }
    }

    /// <summary>The slots for handshakes run short.</summary>
    public sealed record Hurry
    {
        public static readonly Hurry Instance = new();
    }
}
