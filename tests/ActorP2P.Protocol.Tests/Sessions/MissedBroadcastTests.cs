namespace ActorP2P.Protocol.Tests;

/// <summary>
/// Broadcasts that could not be sent are announced as soon as there is room, and the peer asks for those that it lacks.
/// </summary>
public class MissedBroadcastTests
{
    private static readonly SessionSettings Settings = Given.Settings with { MaxQueued = 4096 };

    [Fact]
    public void Drops_are_announced_in_order_when_half_the_queue_is_free()
    {
        FakePeer peer = Slow();
        BroadcastId[] sent = Broadcast(peer, 12, 1000);
        Assert.Empty(Announced(peer));

        peer.End.WriterIsBlocked = false;
        peer.Pump();

        // The queue accepts a message when it is below its bound at that time: four of these.
        Assert.Equal(8, peer.Session.Counters.DroppedBroadcasts);
        Assert.Equal(sent[..8], Announced(peer));
        Assert.Equal(sent[8..], Sent(peer));
        int announcement = peer.End.Wrote.FindIndex(frame => frame.Header.Kind == FrameKind.GossipControl);
        Assert.Equal(3, peer.End.Wrote.Take(announcement).Count(frame => frame.Header.Kind == FrameKind.Broadcast));
    }

    [Fact]
    public void A_dropped_broadcast_is_handed_over_with_its_buffer()
    {
        FakePeer peer = Slow();
        peer.Session.Send(peer.Now, Given.Owned(FrameKind.Broadcast, 0, 4096, out SharedBuffer owner, Lane.Bulk));
        peer.Session.Send(peer.Now, Given.Message(FrameKind.Broadcast, 0, 5000, Lane.Bulk));

        Assert.True(peer.Session.TryGetEffect(out SessionEffect effect));

        KeptBroadcast dropped = Assert.IsType<SessionEvent.BroadcastDropped>(effect.Event).Broadcast;
        byte[] body = Given.BroadcastBody(4096);
        Assert.Equal(new KeptBroadcast(BroadcastId.Read(body), 0x0101, Lane.Bulk, owner, 0, body.Length), dropped);
        Assert.Equal(body, dropped.Owner.Array[..body.Length]);
        Assert.False(Given.IsReleased(owner));
        dropped.Owner.Release();
        Assert.True(Given.IsReleased(owner));
    }

    [Fact]
    public void A_broadcast_without_room_is_dropped_and_announced()
    {
        FakePeer peer = Slow();
        peer.Session.Send(peer.Now, Given.Message(FrameKind.Notify, 0, 5000));

        Assert.Equal(SendResult.QueueFull, peer.Session.Send(peer.Now, Given.Message(FrameKind.Broadcast, 0, 10)));

        peer.End.WriterIsBlocked = false;
        peer.Pump();
        Assert.Equal(1, peer.Session.Counters.DroppedBroadcasts);
        Assert.Equal(BroadcastId.Read(Given.BroadcastBody(10)), Assert.Single(Announced(peer)));
    }

    [Fact]
    public void Broadcasts_dropped_30_seconds_ago_are_not_announced()
    {
        FakePeer peer = Slow();
        BroadcastId[] early = Broadcast(peer, 10, 1000);
        peer.Now += TimeSpan.FromSeconds(20);
        BroadcastId[] late = Broadcast(peer, 2, 1000, salt: 100);
        peer.Now += TimeSpan.FromSeconds(10);
        peer.End.WriterIsBlocked = false;
        peer.Pump();

        Assert.Equal(early[6..8], Announced(peer));
        Assert.Equal([.. early[8..], .. late], Sent(peer));
    }

    [Fact]
    public void The_latest_thousand_are_announced_in_frames_of_64()
    {
        FakePeer peer = Slow();
        BroadcastId[] sent = Broadcast(peer, 1100, 1000);
        peer.End.WriterIsBlocked = false;
        peer.Pump();

        Assert.Equal(sent[(1096 - MissedBroadcasts.Capacity)..1096], Announced(peer));
        Assert.Equal(MissedBroadcasts.Capacity / 64, peer.Heard(FrameKind.GossipControl).Count());
        Assert.Equal(MissedBroadcasts.Capacity, peer.Session.Counters.AnnouncedBroadcasts);
    }

    [Fact]
    public void A_requested_broadcast_without_room_is_announced_again()
    {
        FakePeer peer = Slow();
        BroadcastId[] waiting = Broadcast(peer, 4, 1000);
        byte[] body = Given.BroadcastBody(10, salt: 99);

        Assert.Equal(SendResult.QueueFull, peer.Session.SendAgain(peer.Now, 0x0101, Lane.Normal, body, null));

        peer.End.WriterIsBlocked = false;
        peer.Pump();
        Assert.Equal(waiting, Sent(peer));
        Assert.Equal(BroadcastId.Read(body), Assert.Single(Announced(peer)));
        Assert.Equal((0, 0), (peer.Session.Counters.DroppedBroadcasts, peer.Session.Counters.ResentBroadcasts));
        Assert.Equal(SendResult.Accepted, peer.Session.SendAgain(peer.Now, 0x0101, Lane.Normal, body, null));
        Assert.Equal(1, peer.Session.Counters.ResentBroadcasts);
    }

    [Fact]
    public void Broadcasts_dropped_for_memory_are_announced_later()
    {
        FakePeer peer = FakePeer.Ready();
        long much = peer.End.Memory.Capacity;
        peer.End.Memory.Charge(much);
        peer.Session.Send(peer.Now, Given.Message(FrameKind.Broadcast, 0, 10));
        peer.NextTimer();
        Assert.Empty(Announced(peer));

        peer.End.Memory.Charge(-much);
        peer.NextTimer();

        Assert.Single(Announced(peer));
        Assert.Equal(TimeSpan.FromHours(1) + TimeSpan.FromSeconds(2), peer.Now);
    }

    [Fact]
    public void Broadcasts_are_asked_for_in_frames_of_64_ids()
    {
        FakePeer peer = FakePeer.Ready();
        peer.Session.AskFor([.. Enumerable.Range(0, 65).Select(i => new BroadcastId(7, (ulong)i))]);
        peer.Pump();

        Assert.Equal([1025U, 17U], peer.Heard(FrameKind.GossipControl).Select(frame => frame.Header.Length));
        Assert.Equal([2, 2], peer.Heard(FrameKind.GossipControl).Select(frame => (int)frame.Payload[0]));
    }

    [Fact]
    public void More_asked_for_than_was_announced_ends_the_session()
    {
        FakePeer peer = Slow();
        Broadcast(peer, 5, 1000);
        peer.End.WriterIsBlocked = false;
        peer.Pump();
        byte[] wanted = [(byte)GossipOperation.Wanted, .. new byte[BroadcastId.Size]];
        Announced(peer)[0].Write(wanted.AsSpan(1));

        peer.Say(FrameKind.GossipControl, wanted);
        Assert.Equal(1, peer.End.Count<SessionEvent.BroadcastsWanted>());

        peer.Say(FrameKind.GossipControl, wanted);
        Assert.Equal(1, peer.End.Count<SessionEvent.BroadcastsWanted>());
        peer.AssertRefused(DisconnectReason.BroadcastNotOffered);
    }

    [Fact]
    public void Remembered_ids_are_charged_until_the_end()
    {
        FakePeer peer = Slow();
        Broadcast(peer, 1100, 1000);
        peer.Session.ChargeMemory();

        // Four messages are held, and as many ids as are remembered.
        Assert.InRange(
            peer.Session.HeldBytes, MissedBroadcasts.Capacity * 32, (MissedBroadcasts.Capacity * 32) + (4 * 1200));
        peer.Session.OnTransportClosed(DisconnectReason.ConnectionLost, "");
        Assert.Equal(0, peer.Session.HeldBytes);
        Assert.Equal(0, peer.End.Memory.Held);
    }

    private static FakePeer Slow()
    {
        FakePeer peer = FakePeer.Ready(settings: Settings);
        peer.End.WriterIsBlocked = true;
        return peer;
    }

    private static BroadcastId[] Broadcast(FakePeer peer, int count, int length, ulong salt = 1)
    {
        BroadcastId[] ids = new BroadcastId[count];
        for (int i = 0; i < count; i++)
        {
            byte[] body = Given.BroadcastBody(length, salt + (ulong)i);
            ids[i] = BroadcastId.Read(body);
            peer.Session.Send(peer.Now, new OutboundMessage(FrameKind.Broadcast, 0x0101, 0, Lane.Normal, body, null));
        }

        return ids;
    }

    private static BroadcastId[] Sent(FakePeer peer) =>
        [.. peer.Heard(FrameKind.Broadcast).Select(frame => BroadcastId.Read(frame.Payload))];

    private static BroadcastId[] Announced(FakePeer peer) => [.. peer.Heard(FrameKind.GossipControl).SelectMany(frame =>
    {
        Assert.Equal((byte)GossipOperation.Dropped, frame.Payload[0]);
        return frame.Payload[1..].Chunk(BroadcastId.Size).Select(id => BroadcastId.Read(id));
    })];
}
