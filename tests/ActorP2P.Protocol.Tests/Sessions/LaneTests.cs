namespace ActorP2P.Protocol.Tests;

public class LaneTests
{
    [Fact]
    public void Higher_lanes_are_served_first_and_control_before_all()
    {
        FakePeer peer = FakePeer.Ready();
        peer.End.WriterIsBlocked = true;
        peer.Session.Send(peer.Now, Given.Message(FrameKind.Notify, 0, 10, Lane.Bulk));
        peer.Session.Send(peer.Now, Given.Message(FrameKind.Notify, 0, 10, Lane.Normal));
        peer.Session.Send(peer.Now, Given.Message(FrameKind.Notify, 0, 10, Lane.High));
        peer.Say(FrameKind.Ping, id: 1);
        int before = peer.End.Wrote.Count;
        peer.End.WriterIsBlocked = false;
        peer.Pump();

        Assert.Equal([Lane.Control, Lane.High, Lane.Normal, Lane.Bulk],
            peer.End.Wrote.Skip(before).Select(frame => frame.Header.Lane));
        Assert.Equal(FrameKind.Pong, peer.End.Wrote[before].Header.Kind);
    }

    [Fact]
    public void A_high_message_overtakes_bulk_that_saturates_the_connection()
    {
        FakePeer peer = WithCredit();
        for (int i = 0; i < 14; i++)
        {
            peer.Session.Send(peer.Now, Given.Message(FrameKind.Notify, 0, 60_000, Lane.Bulk));
        }

        for (int i = 0; i < 13; i++)
        {
            NextLane(peer);
            peer.Session.Send(peer.Now, Given.Message(FrameKind.Notify, 0, 10, Lane.High));
            Assert.Equal(Lane.High, NextLane(peer));
        }
    }

    [Fact]
    public void Saturated_lanes_share_the_connection_16_to_4_to_1()
    {
        FakePeer peer = WithCredit();
        Dictionary<Lane, int> sent = new() { [Lane.High] = 0, [Lane.Normal] = 0, [Lane.Bulk] = 0 };
        Lane[] lanes = [.. sent.Keys];
        foreach (Lane lane in lanes)
        {
            peer.Session.Send(peer.Now, Given.Message(FrameKind.Notify, 0, 10_000, lane));
            peer.Session.Send(peer.Now, Given.Message(FrameKind.Notify, 0, 10_000, lane));
        }

        for (int i = 0; i < 4200; i++)
        {
            Lane lane = NextLane(peer);
            sent[lane]++;
            peer.Session.Send(peer.Now, Given.Message(FrameKind.Notify, 0, 10_000, lane));
        }

        Assert.InRange(sent[Lane.High], 3100, 3300);
        Assert.InRange(sent[Lane.Normal], 780, 820);
        Assert.InRange(sent[Lane.Bulk], 190, 210);
    }

    [Fact]
    public void A_quiet_lane_saves_no_more_than_one_round()
    {
        FakePeer peer = WithCredit();
        for (int i = 0; i < 500; i++)
        {
            peer.Session.Send(peer.Now, Given.Message(FrameKind.Notify, 0, 60_000, Lane.Bulk));
            NextLane(peer);
        }

        peer.Session.Send(peer.Now, Given.Message(FrameKind.Notify, 0, 60_000, Lane.Bulk));
        int before = 0;
        do
        {
            peer.Session.Send(peer.Now, Given.Message(FrameKind.Notify, 0, 60_000, Lane.High));
            before++;
        }
        while (NextLane(peer) == Lane.High);

        // The high lane has two shares, because the bulk lane may still be paying for its last frame. If bulk saved up
        // its share, there would be hundreds.
        Assert.InRange(before, 2, 2 * 18);
    }

    [Fact]
    public void A_lane_without_credit_gives_its_share_to_the_others()
    {
        FakePeer peer = FakePeer.Ready();
        peer.Session.Send(peer.Now, Given.Message(FrameKind.Request, 1, 10, Lane.Bulk));
        for (int i = 0; i < 6; i++)
        {
            peer.Session.Send(peer.Now, Given.Message(FrameKind.Notify, 0, 60_000, Lane.High));
        }

        List<Lane> sent = [];
        while (peer.Session.TryGetFrame(peer.Now, out OutboundFrame frame))
        {
            peer.Session.OnFrameWritten();
            sent.Add(frame.Header.Lane);
        }

        Assert.Equal([Lane.High, Lane.High, Lane.High, Lane.High, Lane.Bulk], sent);
    }

    [Fact]
    public void A_ping_waits_for_one_fragment_of_a_large_message_at_most()
    {
        FakePeer peer = FakePeer.Ready();
        peer.Session.Send(peer.Now, Given.Message(FrameKind.Notify, 0, 200_000, Lane.Bulk));
        Assert.True(peer.Session.TryGetFrame(peer.Now, out OutboundFrame first));
        Assert.Equal(FrameKind.Notify, first.Header.Kind);
        peer.Session.HandleFrame(
            peer.Now, new Frame(new FrameHeader(0, FrameKind.Ping, FrameFlags.None, 0, 3), default));
        peer.Session.OnFrameWritten();
        Assert.True(peer.Session.TryGetFrame(peer.Now, out OutboundFrame second));
        Assert.Equal(FrameKind.Pong, second.Header.Kind);
    }

    [Fact]
    public void Fragments_of_different_lanes_and_classes_interleave()
    {
        SessionPair pair = SessionPair.Ready();
        pair.Initiator.Session.Send(pair.Now, Given.Message(FrameKind.Notify, 0, 190_000, Lane.Bulk));
        pair.Initiator.Session.Send(pair.Now, Given.Message(FrameKind.Request, 1, 190_000, Lane.Bulk));
        pair.Settle();

        FrameKind[] kinds = [.. pair.Initiator.Wrote.Select(frame => frame.Header.Kind)
            .Where(kind => kind is FrameKind.Notify or FrameKind.Request)];
        Assert.Equal(
            [FrameKind.Request, FrameKind.Notify, FrameKind.Request, FrameKind.Notify, FrameKind.Request,
                FrameKind.Notify], kinds);
        Assert.Equal(Given.Bytes(190_000), pair.Responder.Only(FrameKind.Notify).Body);
        Assert.Equal(Given.Bytes(190_000), pair.Responder.Only(FrameKind.Request).Body);
    }

    [Fact]
    public void Order_is_kept_within_a_lane_and_class_at_any_size()
    {
        for (int seed = 0; seed < 10; seed++)
        {
            Random random = new(seed);
            SessionPair pair = SessionPair.Ready();
            List<int>[] sent = [[], [], [], []];
            for (int i = 0; i < 60; i++)
            {
                Lane lane = (Lane)random.Next(1, 4);
                int length = random.Next(5) == 0 ? random.Next(150_000) : random.Next(500);
                if (pair.Initiator.Session.Send(pair.Now, Given.Message(FrameKind.Notify, 0, length, lane))
                    == SendResult.Accepted)
                {
                    sent[(int)lane].Add(length);
                }

                if (random.Next(8) == 0)
                {
                    pair.Settle();
                }
            }

            pair.Settle();
            foreach (Lane lane in (Lane[])[Lane.High, Lane.Normal, Lane.Bulk])
            {
                IEnumerable<int> came = pair.Responder.Happened
                    .Where(happening => happening.Kind == FrameKind.Notify && happening.Message.Lane == lane)
                    .Select(happening => happening.Body.Length);
                Assert.True(sent[(int)lane].SequenceEqual(came), $"seed {seed}, lane {lane}");
            }
        }
    }

    [Fact]
    public void A_response_does_not_wait_behind_requests_without_credit()
    {
        SessionPair pair = SessionPair.Ready();
        pair.Responder.FinishesAtOnce = false;
        pair.Responder.Session.Send(pair.Now, Given.Message(FrameKind.Request, 1, 10));
        pair.Settle();
        for (ulong id = 100; id < 106; id++)
        {
            pair.Initiator.Session.Send(pair.Now, Given.Message(FrameKind.Request, id, 60_000));
        }

        pair.Settle();
        Assert.True(pair.Initiator.Session.QueuedBytes > 0);
        pair.Initiator.Session.Respond(Given.Message(FrameKind.Response, 1, 10));
        pair.Settle();
        Assert.Equal(1UL, pair.Responder.Only(FrameKind.Response).Id);
    }

    [Fact]
    public void A_full_queue_refuses_tells_and_drops_old_broadcasts()
    {
        FakePeer peer = FakePeer.Ready();
        peer.End.WriterIsBlocked = true;
        List<SharedBuffer> buffers = [];
        for (int i = 0; i < 20; i++)
        {
            Assert.Equal(SendResult.Accepted,
                peer.Session.Send(peer.Now, Given.Owned(FrameKind.Broadcast, 0, 100_000, out SharedBuffer buffer)));
            buffers.Add(buffer);
        }

        peer.Pump();
        Assert.Equal(9, peer.Session.Counters.DroppedBroadcasts);
        Assert.All(buffers.Take(9), buffer => Assert.True(Given.IsReleased(buffer)));
        Assert.All(buffers.Skip(9), buffer => Assert.False(Given.IsReleased(buffer)));
        Assert.Equal(SendResult.QueueFull,
            peer.Session.Send(peer.Now, Given.Owned(FrameKind.Notify, 0, 1, out SharedBuffer told)));
        Assert.True(Given.IsReleased(told));

        peer.Session.OnTransportClosed(DisconnectReason.ConnectionReset, "");
        Assert.All(buffers, buffer => Assert.True(Given.IsReleased(buffer)));
        Assert.Equal(0, peer.Session.QueuedBytes);
    }

    [Fact]
    public void A_broadcast_that_has_begun_is_not_dropped_for_room()
    {
        FakePeer peer = FakePeer.Ready();
        peer.Session.Send(peer.Now, Given.Message(FrameKind.Broadcast, 0, 200_000));
        Assert.True(peer.Session.TryGetFrame(peer.Now, out _));
        peer.Session.OnFrameWritten();
        for (int i = 0; i < 20; i++)
        {
            peer.Session.Send(peer.Now, Given.Message(FrameKind.Broadcast, 0, 100_000));
        }

        Assert.True(peer.Session.TryGetFrame(peer.Now, out OutboundFrame next));
        Assert.Equal(1UL, next.Header.Id);
    }

    [Fact]
    public void A_shared_buffer_is_released_when_its_last_frame_is_written()
    {
        FakePeer peer = FakePeer.Ready();
        peer.Session.Send(peer.Now, Given.Owned(FrameKind.Notify, 0, 100_000, out SharedBuffer buffer));
        peer.Session.TryGetFrame(peer.Now, out _);
        peer.Session.OnFrameWritten();
        Assert.False(Given.IsReleased(buffer));
        peer.Session.TryGetFrame(peer.Now, out _);
        Assert.False(Given.IsReleased(buffer));
        peer.Session.OnFrameWritten();
        Assert.True(Given.IsReleased(buffer));
    }

    [Fact]
    public void Asking_for_a_frame_before_the_last_is_written_throws()
    {
        FakePeer peer = FakePeer.Ready();
        peer.Session.Send(peer.Now, Given.Message(FrameKind.Notify, 0, 10));
        peer.Session.TryGetFrame(peer.Now, out _);
        Assert.Throws<InvalidOperationException>(() => peer.Session.TryGetFrame(peer.Now, out _));
    }

    private static FakePeer WithCredit()
    {
        FakePeer peer = FakePeer.Ready();
        peer.Say(FrameKind.Credit, [(byte)CreditClass.Notify, 0x7f, 0, 0, 0, 0, 0, 0, 0]);
        return peer;
    }

    private static Lane NextLane(FakePeer peer)
    {
        Assert.True(peer.Session.TryGetFrame(peer.Now, out OutboundFrame frame));
        peer.Session.OnFrameWritten();
        return frame.Header.Lane;
    }
}
