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

    // The first chunk of a turn has room for a few small messages, the later ones for many.
    private const int FirstChunkBytes = 4 * 1024;
    private const int ChunkBytes = 16 * 1024;

    // The broadcasts that this turn has brought, and the buffer in which the small ones of the turn lie.
    private List<GossipMessages.Arrived>? _arrived;
    private SharedBuffer? _chunk;
    private int _used;

    // The dropped broadcasts of this turn. Most peers never have one.
    private List<KeptBroadcast>? _dropped;
    private TimeSpan? _rejectionCharged;

    /// <summary>Handles a complete broadcast. A body in the receive buffer is copied here.</summary>
    public void Take(in InboundMessage received, Peer from)
    {
        BroadcastHead head = received.ReadBroadcastHead();
        int length = received.Body.Length;
        EncodedMessage message = received.Owner is { } owner
            ? new EncodedMessage(received.Type, owner, 0, length)
            : Copy(received);

        // The receivers of the relay are one hop further. No other code has these bytes yet.
        (head with { Hops = (byte)(head.Hops + 1) }).Write(message.Writable);
        (_arrived ??= []).Add(new GossipMessages.Arrived(from, head, message, received.Lane, received.Charge)
        {
            Trace = NodeTraces.Keep(received.Headers.Span),
        });
    }

    /// <summary>Carries out an event of the session if it concerns broadcasts.</summary>
    /// <returns>Whether it did.</returns>
    public bool TryTake(SessionEvent happened)
    {
        switch (happened)
        {
            case SessionEvent.BroadcastBegun begun:
                TellArrived();
                broadcaster.Tell(new GossipMessages.Begun(link.Number, self, begun.Head.Id, begun.FrameId), self);
                return true;
            case SessionEvent.BroadcastDropped dropped:
                (_dropped ??= []).Add(dropped.Broadcast);
                return true;
            case SessionEvent.BroadcastsAnnounced announced:
                TellArrived();
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
    /// The Broadcaster has finished with broadcasts. The peer is charged for each that did not parse, and now and
    /// then for one that was rejected.
    /// </summary>
    public void Finish(DoneBroadcast[] broadcasts, TimeSpan now)
    {
        foreach (DoneBroadcast done in broadcasts)
        {
            session.Finish(now, done.Charge);
            if (done.Fault == BroadcastFault.Malformed)
            {
                Penalise(ReasonTable.MalformedPoints, "a broadcast that does not parse");
            }
            else if (done.Fault == BroadcastFault.Rejected
                && (_rejectionCharged is not { } charged || now - charged >= s_rejectionEvery))
            {
                _rejectionCharged = now;
                Penalise(ReasonTable.RejectedPoints, "an invalid broadcast");
            }
        }
    }

    /// <summary>A broadcast that began to arrive is known already.</summary>
    public void Refuse(ulong id)
    {
        if (session.RefuseBroadcast(id, ResetReason.Duplicate))
        {
            node.Counters.NoteStoppedDuplicate();
        }
    }

    /// <summary>Tells the Broadcaster which broadcasts the peer wants now.</summary>
    public void TellWanted(Peer peer) =>
        broadcaster.Tell(new GossipMessages.TypesWanted(link.Number, peer.WantedBroadcasts), self);

    /// <summary>
    /// Passes the broadcasts that this turn has brought, and those that it could not send, to the Broadcaster.
    /// </summary>
    public void EndTurn()
    {
        TellArrived();
        if (_dropped is { } dropped)
        {
            _dropped = null;
            broadcaster.Tell(new GossipMessages.Dropped(link.Number, [.. dropped]), self);
        }
    }

    private void Penalise(int points, string detail) =>
        node.Manager.Tell(new ManagerMessages.Penalise(link.Number, points, detail), self);

    private void TellArrived()
    {
        _chunk?.Release();
        _chunk = null;
        if (_arrived is { Count: > 0 })
        {
            broadcaster.Tell(new GossipMessages.ArrivedTogether([.. _arrived]), self);
            _arrived.Clear();
        }
    }

    /// <summary>
    /// Copies a body out of the receive buffer. The small ones of a turn share a buffer, which is held until the last
    /// of them has its verdict and is relayed.
    /// </summary>
    private EncodedMessage Copy(in InboundMessage received)
    {
        int length = received.Body.Length;
        if (_chunk is null || _chunk.Capacity - _used < length)
        {
            bool isFirst = _chunk is null;
            _chunk?.Release();
            _chunk = SharedBuffer.Rent(Math.Max(length, isFirst ? FirstChunkBytes : ChunkBytes));
            _used = 0;

            // It is held as a whole, which for one small message is many times the bytes that its credit counts.
            _chunk.ChargeTo(node.Memory);
        }

        EncodedMessage message = new(received.Type, _chunk.Retain(), _used, length);
        received.Body.Span.CopyTo(message.Writable);
        _used += length;
        return message;
    }
}
