using System.Diagnostics;
using ActorP2P.Protocol;

namespace ActorP2P;

/// <summary>The messages to the Broadcaster.</summary>
internal static class GossipMessages
{
    /// <summary>Send a message of this node to all peers. The promise gets the number of peers.</summary>
    public sealed record Publish(
        BroadcastId Id, EncodedMessage Message, Lane Lane, TaskCompletionSource<int> Promise) : IUndeliverable
    {
        /// <summary>The trace that it is part of, as headers; null for none.</summary>
        public byte[]? Trace { get; init; }

        /// <summary>This node's number of the broadcast, if it is signed.</summary>
        public ulong? Sequence { get; init; }

        public void Fail(string detail) => Promise.TrySetException(new SendException(SendResult.NotConnected, detail));

        public void OnUndelivered()
        {
            Message.Buffer.Release();
            Fail("the node has stopped");
        }
    }

    /// <summary>
    /// A broadcast arrived, complete and with a checked id. The message's head already counts the next hop.
    /// </summary>
    public sealed record Arrived(
        Peer From, BroadcastHead Head, EncodedMessage Message, Lane Lane, InboundCharge Charge) : IUndeliverable
    {
        /// <summary>Its headers, for the span of its handler; null when nobody listens.</summary>
        public byte[]? Trace { get; init; }

        /// <summary>
        /// Its author, for a broadcast that must be signed; null for others, and for one that is too short for a
        /// signature.
        /// </summary>
        public BroadcastAuthor? Author { get; set; }

        /// <summary>The span of its handler, which the relay continues; null when there is none.</summary>
        public Activity? Span { get; set; }

        /// <summary>Finishes the broadcast: releases its buffer and returns its credit to the peer.</summary>
        public void Finish(BroadcastFault fault = BroadcastFault.None)
        {
            Message.Buffer.Release();
            From.Actor.Tell(
                new PeerMessages.BroadcastsDone([new DoneBroadcast(Charge, fault)]), ActorRefs.NoSender);
        }

        public void OnUndelivered() => Finish();
    }

    /// <summary>The broadcasts that a peer's turn has brought, in their order.</summary>
    public sealed record ArrivedTogether(IReadOnlyList<Arrived> Broadcasts) : IUndeliverable
    {
        public void OnUndelivered()
        {
            foreach (Arrived arrived in Broadcasts)
            {
                arrived.OnUndelivered();
            }
        }
    }

    /// <summary>A fragmented broadcast has begun to arrive.</summary>
    public sealed record Begun(long Link, IActorRef Peer, BroadcastId Id, ulong FrameId);

    /// <summary>Broadcasts were not sent to a peer. This message has a hold on each buffer.</summary>
    public sealed record Dropped(long Link, KeptBroadcast[] Broadcasts) : IUndeliverable
    {
        public void OnUndelivered() => Array.ForEach(Broadcasts, static broadcast => broadcast.Owner.Release());
    }

    /// <summary>Broadcasts came to a connection that was ending already. They have a hold on each buffer.</summary>
    /// <param name="Peer">The connection.</param>
    /// <param name="Broadcasts">The broadcasts.</param>
    public sealed record Returned(Peer Peer, PeerMessages.SendBroadcasts Broadcasts) : IUndeliverable
    {
        public void OnUndelivered() => Broadcasts.OnUndelivered();
    }

    /// <summary>A peer asks for broadcasts that it missed.</summary>
    public sealed record Wanted(long Link, IActorRef Peer, IReadOnlyList<BroadcastId> Ids);

    /// <summary>A peer has broadcasts that it could not send.</summary>
    public sealed record Announced(long Link, IActorRef Peer, IReadOnlyList<BroadcastId> Ids);

    /// <summary>Broadcasts that were asked for may be overdue.</summary>
    public sealed record PullsDue
    {
        public static readonly PullsDue Instance = new();
    }

    /// <summary>The node's memory is short: release the broadcasts that are kept for peers that missed them.</summary>
    public sealed record ReleaseDropped
    {
        public static readonly ReleaseDropped Instance = new();
    }

    /// <summary>A queue of handlers has verdicts, which <see cref="JudgeQueue.TakeVerdicts"/> takes.</summary>
    public sealed record VerdictsGiven(JudgeQueue Queue) : IUndeliverable
    {
        public void OnUndelivered()
        {
            foreach (Judgement judgement in Queue.TakeVerdicts())
            {
                judgement.Broadcast.Finish();
            }
        }
    }

    /// <summary>A peer can be sent broadcasts.</summary>
    public sealed record LinkReady(Peer Peer);

    /// <summary>A peer says anew which types it wants.</summary>
    public sealed record TypesWanted(long Link, BroadcastTypes Types);

    /// <summary>A peer can no longer be sent broadcasts.</summary>
    public sealed record LinkGone(long Link);

    /// <summary>After a restart: all existing links have been announced.</summary>
    public sealed record LinksTold
    {
        public static readonly LinksTold Instance = new();
    }

    /// <summary>It is time to remove old ids.</summary>
    public sealed record SweepDue
    {
        public static readonly SweepDue Instance = new();
    }
}
