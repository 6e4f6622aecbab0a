using ActorP2P.Protocol;

namespace ActorP2P;

/// <summary>What the Broadcaster is told.</summary>
internal static class GossipMessages
{
    /// <summary>Send a message of this node's own to all peers; the promise is told to how many.</summary>
    public sealed record Publish(BroadcastId Id, EncodedMessage Message, Lane Lane, TaskCompletionSource<int> Promise) : IUndeliverable
    {
        public void Fail(string detail) => Promise.TrySetException(new SendException(SendResult.NotConnected, detail));

        public void OnUndelivered()
        {
            Message.Buffer.Release();
            Fail("the node has stopped");
        }
    }

    /// <summary>A broadcast came, whole and its id checked. The message's head counts the next hop already.</summary>
    public sealed record Arrived(Peer From, BroadcastHead Head, EncodedMessage Message, Lane Lane, InboundCharge Charge) : IUndeliverable
    {
        /// <summary>It has been dealt with: its bytes may go, and its credit is the peer's again.</summary>
        public void Finish(int points, string detail)
        {
            Message.Buffer.Release();
            From.Actor.Tell(new PeerMessages.BroadcastDone(Charge, points, detail), ActorRefs.NoSender);
        }

        public void OnUndelivered() => Finish(0, "");
    }

    /// <summary>A broadcast has begun to come, in fragments.</summary>
    public sealed record Begun(long Link, IActorRef Peer, BroadcastId Id, ulong FrameId);

    /// <summary>A peer was not sent broadcasts; each buffer is held for this message.</summary>
    public sealed record Dropped(long Link, KeptBroadcast[] Broadcasts) : IUndeliverable
    {
        public void OnUndelivered() => Array.ForEach(Broadcasts, static broadcast => broadcast.Owner.Release());
    }

    /// <summary>A peer asks for broadcasts that it was not sent.</summary>
    public sealed record Wanted(long Link, IActorRef Peer, IReadOnlyList<BroadcastId> Ids);

    /// <summary>A peer has broadcasts that it could not send.</summary>
    public sealed record Announced(long Link, IActorRef Peer, IReadOnlyList<BroadcastId> Ids);

    /// <summary>Broadcasts that were asked for may be overdue.</summary>
    public sealed record PullsDue
    {
        public static readonly PullsDue Instance = new();
    }

    /// <summary>The node's memory is short: nothing is to be kept for peers that were not sent it.</summary>
    public sealed record ReleaseDropped
    {
        public static readonly ReleaseDropped Instance = new();
    }

    /// <summary>The application has judged; a malformed message has no verdict.</summary>
    public sealed record Judged(Arrived Broadcast, Verdict? Verdict) : IUndeliverable
    {
        public void OnUndelivered() => Broadcast.Finish(0, "");
    }

    /// <summary>A peer can be sent broadcasts.</summary>
    public sealed record LinkReady(Peer Peer);

    /// <summary>A peer can no longer be sent broadcasts.</summary>
    public sealed record LinkGone(long Link);

    /// <summary>After a restart: all links there are have been told.</summary>
    public sealed record LinksTold
    {
        public static readonly LinksTold Instance = new();
    }

    /// <summary>Time to forget old ids.</summary>
    public sealed record SweepDue
    {
        public static readonly SweepDue Instance = new();
    }
}
