namespace ActorP2P.Protocol.Tests;

/// <summary>
/// A broadcast for which the peer had no room is announced later, like one that was dropped on this side.
/// </summary>
public class RefusedBroadcastTests
{
    private static readonly byte[] NoRoom = [(byte)FrameKind.Broadcast, 0, (byte)ResetReason.NoRoom];

    [Theory]
    [InlineData(300_000)] // This is longer than the window: the rest waits for credit.
    [InlineData(100_000)] // This is sent in full before the peer can refuse it.
    public void A_refused_broadcast_is_kept_and_announced(int length)
    {
        FakePeer peer = FakePeer.Ready();
        BroadcastId id = Send(peer, length, out SharedBuffer buffer);
        peer.Say(FrameKind.Reset, NoRoom, 1);

        KeptBroadcast kept = peer.End.Only<SessionEvent.BroadcastDropped>().Broadcast;
        Assert.Equal(new KeptBroadcast(id, 0x0101, Lane.Normal, buffer, 0, length + BroadcastHead.Size), kept);
        Assert.Equal(1, peer.Session.Counters.DroppedBroadcasts);
        Assert.True(Given.IsReleased(buffer));
        Assert.Empty(peer.Heard(FrameKind.GossipControl));

        TimeSpan refused = peer.Now;
        peer.NextTimer();
        Assert.Equal(TimeSpan.FromSeconds(1), peer.Now - refused);
        byte[] announced = [(byte)GossipOperation.Dropped, .. Given.BroadcastBody(length)[..BroadcastId.Size]];
        Assert.Equal(announced, peer.Heard(FrameKind.GossipControl).Single().Payload);
    }

    [Fact]
    public void A_peer_may_ask_for_a_broadcast_that_it_refused()
    {
        SessionPair pair = SessionPair.Ready(responderBudget: new ReassemblyBudget(100_000));
        OutboundMessage message = Given.Message(FrameKind.Broadcast, 0, 200_000);
        pair.Initiator.Session.Send(pair.Now, message);
        pair.Advance(TimeSpan.FromSeconds(2));

        BroadcastId id = Assert.Single(pair.Responder.Only<SessionEvent.BroadcastsAnnounced>().Ids);
        pair.Responder.Session.AskFor([id]);
        pair.Settle();
        Assert.Equal([id], pair.Initiator.Only<SessionEvent.BroadcastsWanted>().Ids);
        Assert.Equal(1, pair.Responder.Session.Counters.RefusedForRoom);
    }

    [Fact]
    public void A_broadcast_refused_as_a_duplicate_is_not_announced()
    {
        FakePeer peer = FakePeer.Ready();
        Send(peer, 100_000, out _);
        peer.Say(FrameKind.Reset, [(byte)FrameKind.Broadcast, 0, (byte)ResetReason.Duplicate], 1);

        Assert.Equal(0, peer.End.Count<SessionEvent.BroadcastDropped>());
        Assert.Equal(0, peer.Session.Counters.DroppedBroadcasts);
    }

    [Fact]
    public void A_sent_broadcast_is_kept_for_5_seconds_for_a_refusal()
    {
        FakePeer peer = FakePeer.Ready();
        TimeSpan sent = peer.Now;
        Send(peer, 100_000, out SharedBuffer buffer);
        Assert.False(Given.IsReleased(buffer));

        peer.NextTimer();
        Assert.Equal(TimeSpan.FromSeconds(5), peer.Now - sent);
        Assert.True(Given.IsReleased(buffer));
        peer.Say(FrameKind.Reset, NoRoom, 1);
        Assert.Equal(0, peer.End.Count<SessionEvent.BroadcastDropped>());
    }

    [Fact]
    public void Sent_broadcasts_are_held_up_to_the_length_of_a_send_queue()
    {
        FakePeer peer = FakePeer.Ready(settings: Given.Settings with { MaxQueued = 150_000 });
        Send(peer, 100_000, out SharedBuffer first);
        Send(peer, 90_000, out SharedBuffer second);
        Assert.True(Given.IsReleased(first));
        Assert.False(Given.IsReleased(second));
        Assert.InRange(peer.Session.HeldBytes, 90_000, 150_000);

        peer.Session.OnTransportClosed(DisconnectReason.ConnectionLost, "");
        Assert.True(Given.IsReleased(second));
    }

    [Fact]
    public void While_memory_runs_short_no_sent_broadcast_is_held()
    {
        FakePeer peer = FakePeer.Ready();
        peer.End.Memory.Charge((peer.End.Memory.Capacity / 4 * 3) + 1);
        Send(peer, 100_000, out SharedBuffer buffer);
        Assert.True(Given.IsReleased(buffer));
    }

    private static BroadcastId Send(FakePeer peer, int length, out SharedBuffer buffer)
    {
        OutboundMessage message = Given.Owned(FrameKind.Broadcast, 0, length, out buffer);
        BroadcastId id = BroadcastId.Read(message.Body.Span);
        Assert.Equal(SendResult.Accepted, peer.Session.Send(peer.Now, message));
        peer.Pump();
        return id;
    }
}
