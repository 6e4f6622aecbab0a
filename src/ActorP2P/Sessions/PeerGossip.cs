using ActorP2P.Protocol;

namespace ActorP2P;

/// <summary>
/// Passes the broadcasts of one connection to and from the Broadcaster. It is a part of the PeerActor and used in its
/// turns only.
/// </summary>
internal sealed class PeerGossip(
    NodeContext node, PeerLink link, PeerSession session, IActorRef self, IActorRef broadcaster)
{
    // A rejected broadcast is charged once in this time. An honest node with another rule relays
    // many such broadcasts, and at this rate its points are forgiven as fast as they are charged.
    private static readonly TimeSpan s_rejectionEvery = TimeSpan.FromHours(1);

    // The dropped broadcasts of this turn. Most peers never have one.
    private List<KeptBroadcast>? _dropped;
    private TimeSpan? _rejectionCharged;

    /// <summary>Handles a complete broadcast. A body in the receive buffer is copied here.</summary>
    public void Take(in InboundMessage received, Peer from)
    {
        BroadcastHead head = received.ReadBroadcastHead();
        SharedBuffer? buffer = received.Owner;
        if (buffer is null)
        {
            buffer = SharedBuffer.Rent(received.Body.Length);
            received.Body.Span.CopyTo(buffer.Array);

            // Until its verdict and its relay it keeps the whole buffer, which for a small message is many times the
            // bytes that its credit counts.
            buffer.ChargeTo(node.Memory);
        }

        // The receivers of the relay are one hop further. No other code has the buffer yet.
        (head with { Hops = (byte)(head.Hops + 1) }).Write(buffer.Array);
        EncodedMessage message = new(received.Type, buffer, 0, received.Body.Length);
        broadcaster.Tell(
            new GossipMessages.Arrived(from, head, message, received.Lane, received.Charge)
            {
                Trace = NodeTraces.Keep(received.Headers.Span),
            },
            self);
    }

    /// <summary>Carries out an event of the session if it concerns broadcasts.</summary>
    /// <returns>Whether it did.</returns>
    public bool TryTake(SessionEvent happened)
    {
        switch (happened)
        {
            case SessionEvent.BroadcastBegun begun:
                broadcaster.Tell(new GossipMessages.Begun(link.Number, self, begun.Head.Id, begun.FrameId), self);
                return true;
            case SessionEvent.BroadcastDropped dropped:
                (_dropped ??= []).Add(dropped.Broadcast);
                return true;
            case SessionEvent.BroadcastsAnnounced announced:
                broadcaster.Tell(new GossipMessages.Announced(link.Number, self, announced.Ids), self);
                return true;
            case SessionEvent.BroadcastsWanted wanted:
                broadcaster.Tell(new GossipMessages.Wanted(link.Number, self, wanted.Ids), self);
                return true;
            default:
                return false;
        }
    }

    /// <summary>
    /// The Broadcaster has finished with a broadcast. The peer is charged if the broadcast did not parse or was
    /// rejected.
    /// </summary>
    public void Finish(PeerMessages.BroadcastDone done, TimeSpan now)
    {
        session.Finish(now, done.Charge);
        if (done.Points > 0 && (_rejectionCharged is not { } charged || now - charged >= s_rejectionEvery))
        {
            _rejectionCharged = now;
            node.Manager.Tell(new ManagerMessages.Penalise(link.Number, done.Points, done.Detail), self);
        }
    }

    /// <summary>Tells the Broadcaster which broadcasts the peer wants now.</summary>
    public void TellWanted(Peer peer) =>
        broadcaster.Tell(new GossipMessages.TypesWanted(link.Number, peer.WantedBroadcasts), self);

    /// <summary>Passes the broadcasts that this turn could not send to the peer to the Broadcaster.</summary>
    public void TellDropped()
    {
        if (_dropped is { } dropped)
        {
            _dropped = null;
            broadcaster.Tell(new GossipMessages.Dropped(link.Number, [.. dropped]), self);
        }
    }
}
