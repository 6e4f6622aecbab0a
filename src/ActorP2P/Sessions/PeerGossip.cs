using ActorP2P.Protocol;

namespace ActorP2P;

/// <summary>
/// Broadcasts of one connection, on their way to and from the Broadcaster. A part of the PeerActor, used in its turns
/// alone.
/// </summary>
internal sealed class PeerGossip(
    NodeContext node, PeerLink link, PeerSession session, IActorRef self, IActorRef broadcaster)
{
    // A rejected broadcast is charged once in this time: an honest node that follows another rule relays many of them,
    // and forgiving keeps pace with that.
    private static readonly TimeSpan s_rejectionEvery = TimeSpan.FromHours(1);

    // Of this turn. Most peers never drop one.
    private List<KeptBroadcast>? _dropped;
    private TimeSpan? _rejectionCharged;

    /// <summary>A broadcast came whole. Its bytes may lie in the receive buffer, and are copied here.</summary>
    public void Take(in InboundMessage received, Peer from)
    {
        BroadcastHead head = received.ReadBroadcastHead();
        SharedBuffer? buffer = received.Owner;
        if (buffer is null)
        {
            buffer = SharedBuffer.Rent(received.Body.Length);
            received.Body.Span.CopyTo(buffer.Array);

            // Until it is judged and relayed it pins the whole buffer, which for a small message is many times what its
            // credit says.
            buffer.ChargeTo(node.Memory);
        }

        // One hop further for everyone it is relayed to. The buffer is ours alone until the Broadcaster shares it.
        (head with { Hops = (byte)(head.Hops + 1) }).Write(buffer.Array);
        EncodedMessage message = new(received.Type, buffer, 0, received.Body.Length);
        broadcaster.Tell(new GossipMessages.Arrived(from, head, message, received.Lane, received.Charge), self);
    }

    /// <summary>Carries out an event of the session that concerns broadcasts.</summary>
    /// <returns>Whether it was one.</returns>
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
    /// The Broadcaster is through with a broadcast. The peer is charged for one that does not parse, or was rejected.
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

    /// <summary>Tells the Broadcaster what this turn could not send to the peer.</summary>
    public void TellDropped()
    {
        if (_dropped is { } dropped)
        {
            _dropped = null;
            broadcaster.Tell(new GossipMessages.Dropped(link.Number, [.. dropped]), self);
        }
    }
}
