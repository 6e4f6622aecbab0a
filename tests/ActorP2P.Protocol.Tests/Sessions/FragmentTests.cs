namespace ActorP2P.Protocol.Tests;

public class FragmentTests
{
    private const FrameFlags First = FrameFlags.First | FrameFlags.More;

    /// <summary>A first fragment: the total as a varint, then the bytes.</summary>
    internal static byte[] Beginning(ulong total, byte[] body)
    {
        byte[] prefix = new byte[Varint.MaxSize];
        int size = Varint.Write(prefix, total);
        return [.. prefix[..size], .. body];
    }

    [Theory]
    [InlineData(FrameKind.Request)]
    [InlineData(FrameKind.Notify)]
    [InlineData(FrameKind.Broadcast)]
    public void A_large_message_arrives_as_it_was_sent_and_its_room_is_returned(FrameKind kind)
    {
        SessionPair pair = SessionPair.Ready();
        pair.Responder.FinishesAtOnce = false;
        OutboundMessage message = Given.Message(kind, 3, 150_000);
        pair.Initiator.Session.Send(message);
        pair.Settle();

        SessionEffectKind delivered = Enum.Parse<SessionEffectKind>(kind.ToString());
        Assert.Equal(message.Body.ToArray(), pair.Responder.Only(delivered).Body);
        Assert.Equal(message.Body.Length, pair.Responder.Budget.Reserved);
        pair.Responder.Finish(delivered);
        Assert.Equal(0, pair.Responder.Budget.Reserved);
    }

    [Fact]
    public void A_message_of_4_MiB_passes_windows_of_256_KiB()
    {
        SessionPair pair = SessionPair.Ready();
        pair.Initiator.Session.Send(Given.Message(FrameKind.Request, 1, 4 * 1024 * 1024));
        pair.Settle();
        Assert.Equal(4 * 1024 * 1024, pair.Responder.Only(SessionEffectKind.Request).Body.Length);
    }

    [Fact]
    public void A_fragment_of_a_message_that_was_never_begun_is_out_of_place()
    {
        FakePeer peer = FakePeer.Ready();
        peer.Tell(FrameKind.Notify, 1, [1], FrameFlags.More);
        peer.AssertRefused(DisconnectReason.FragmentOutOfPlace);
    }

    [Fact]
    public void A_second_beginning_is_out_of_place()
    {
        FakePeer peer = FakePeer.Ready();
        peer.Tell(FrameKind.Notify, 1, Beginning(100, [1]), First);
        peer.Tell(FrameKind.Notify, 1, Beginning(100, [1]), First);
        peer.AssertRefused(DisconnectReason.FragmentOutOfPlace);
    }

    [Fact]
    public void A_fragment_in_another_lane_or_of_another_type_is_out_of_place()
    {
        FakePeer peer = FakePeer.Ready();
        peer.Tell(FrameKind.Notify, 1, Beginning(100, [1]), First);
        peer.Tell(FrameKind.Notify, 1, [1], FrameFlags.More, Lane.Bulk);
        peer.AssertRefused(DisconnectReason.FragmentOutOfPlace);

        peer = FakePeer.Ready();
        peer.Tell(FrameKind.Notify, 1, Beginning(100, [1]), First);
        peer.Say(FrameKind.Notify, [1], 1, (FrameFlags)Lane.Normal | FrameFlags.More, 0x0999);
        peer.AssertRefused(DisconnectReason.FragmentOutOfPlace);
    }

    [Fact]
    public void Fragments_may_not_carry_more_than_their_total()
    {
        FakePeer beginning = FakePeer.Ready();
        beginning.Tell(FrameKind.Notify, 1, Beginning(2, [1, 2]), First);
        beginning.AssertRefused(DisconnectReason.FragmentTotalMismatch);

        FakePeer middle = FakePeer.Ready();
        middle.Tell(FrameKind.Notify, 1, Beginning(4, [1]), First);
        middle.Tell(FrameKind.Notify, 1, [2, 3, 4], FrameFlags.More);
        middle.AssertRefused(DisconnectReason.FragmentTotalMismatch);

        FakePeer last = FakePeer.Ready();
        last.Tell(FrameKind.Notify, 1, Beginning(4, [1]), First);
        last.Tell(FrameKind.Notify, 1, [2, 3, 4, 5]);
        last.AssertRefused(DisconnectReason.FragmentTotalMismatch);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void Fragments_may_not_end_with_less_than_their_total(int length)
    {
        FakePeer peer = FakePeer.Ready();
        peer.Tell(FrameKind.Notify, 1, Beginning(4, [1]), First);
        peer.Tell(FrameKind.Notify, 1, new byte[length]);
        peer.AssertRefused(DisconnectReason.FragmentTotalMismatch);
    }

    [Theory]
    [InlineData(32UL * 1024 * 1024 + 1)]
    [InlineData(128UL * 1024 * 1024)]
    [InlineData(int.MaxValue)]
    [InlineData(1UL + int.MaxValue)]
    [InlineData(ulong.MaxValue)]
    public void A_claimed_length_above_the_limit_ends_the_session(ulong total)
    {
        FakePeer peer = FakePeer.Ready();
        peer.Tell(FrameKind.Notify, 1, Beginning(total, [1]), First);
        peer.AssertRefused(DisconnectReason.MessageTooLong);
    }

    [Fact]
    public void A_beginning_without_a_total_is_malformed()
    {
        FakePeer peer = FakePeer.Ready();
        peer.Tell(FrameKind.Notify, 1, [0x80], First);
        peer.AssertRefused(DisconnectReason.MalformedFrame);
    }

    [Fact]
    public void Four_messages_may_be_open_in_each_lane_and_no_fifth()
    {
        FakePeer peer = FakePeer.Ready();
        foreach (Lane lane in (Lane[])[Lane.High, Lane.Normal, Lane.Bulk])
        {
            for (ulong id = 1; id <= 4; id++)
            {
                peer.Tell(FrameKind.Notify, ((ulong)lane * 10) + id, Beginning(1000, [1]), First, lane);
            }
        }

        Assert.Equal(SessionState.Ready, peer.Session.State);
        peer.Tell(FrameKind.Notify, 999, Beginning(1000, [1]), First, Lane.Bulk);
        peer.AssertRefused(DisconnectReason.TooManyFragmentedMessages);
    }

    [Theory]
    [InlineData(FrameKind.Request)]
    [InlineData(FrameKind.Notify)]
    [InlineData(FrameKind.Broadcast)]
    public void Without_room_a_message_is_refused_its_sender_stops_and_the_session_goes_on(FrameKind kind)
    {
        SessionPair pair = SessionPair.Ready(responderBudget: new ReassemblyBudget(100_000));
        pair.Initiator.Session.Send(Given.Owned(kind, 5, 600_000, out SharedBuffer buffer));
        pair.Settle();

        Happening refused = pair.Initiator.Only(SessionEffectKind.Refused);
        Assert.Equal((ushort)ResetReason.NoRoom, refused.Effect.Header.Type);
        Assert.Equal(kind, refused.Effect.Header.Kind);
        Assert.True(Given.IsReleased(buffer));
        Assert.Equal(0, pair.Initiator.Session.QueuedBytes);
        Assert.Equal(0, pair.Responder.Budget.Reserved);

        // The room for one more open message in the lane is free again too.
        for (int i = 0; i < 10; i++)
        {
            pair.Initiator.Session.Send(Given.Message(kind, 6 + (ulong)i, 90_000));
            pair.Settle();
        }

        Assert.Equal(10, pair.Responder.Count(Enum.Parse<SessionEffectKind>(kind.ToString())));
        Assert.Equal(0, pair.Responder.Budget.Reserved);
    }

    [Fact]
    public void Without_room_for_a_response_the_asker_hears_so_and_the_responder_stops()
    {
        SessionPair pair = SessionPair.Ready(initiatorBudget: new ReassemblyBudget(100_000));
        pair.Initiator.Session.Send(Given.Message(FrameKind.Request, 5, 1));
        pair.Settle();
        pair.Responder.Session.Respond(Given.Owned(FrameKind.Response, 5, 600_000, out SharedBuffer buffer));
        pair.Settle();

        Assert.Equal((ushort)RequestErrorCode.NoRoom, pair.Initiator.Only(SessionEffectKind.Error).Effect.Header.Type);
        Assert.Equal((ushort)ResetReason.NoRoom, pair.Responder.Only(SessionEffectKind.Refused).Effect.Header.Type);
        Assert.True(Given.IsReleased(buffer));
        Assert.Equal(0, pair.Initiator.Count(SessionEffectKind.Response));
        Assert.Equal(0, pair.Initiator.Budget.Reserved);
    }

    [Fact]
    public void An_unexpected_response_in_fragments_is_refused_and_takes_no_room()
    {
        FakePeer peer = FakePeer.Ready();
        peer.Tell(FrameKind.Response, 5, Beginning(100, [1]), First);
        Assert.Equal(0, peer.End.Budget.Reserved);
        Assert.Equal([(byte)FrameKind.Response, 0, (byte)ResetReason.Unwanted], peer.Heard(FrameKind.Reset).Single().Payload);
        peer.Tell(FrameKind.Response, 5, new byte[99]);

        Assert.Equal(1, peer.Session.UnexpectedResponses);
        Assert.Equal(0, peer.End.Count(SessionEffectKind.Response));
        Assert.Equal(SessionState.Ready, peer.Session.State);
    }

    [Fact]
    public void A_claimed_length_allocates_nothing_that_has_not_come()
    {
        FakePeer peer = FakePeer.Ready();
        peer.Tell(FrameKind.Notify, 0, Beginning(2, [1]), First);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (ulong id = 1; id <= 2; id++)
        {
            peer.Tell(FrameKind.Notify, id, Beginning(32 * 1024 * 1024 / 2, [1]), First);
        }

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 64 * 1024);
    }

    [Fact]
    public void The_buffer_of_an_open_message_holds_at_most_eight_times_what_came()
    {
        OpenMessage message = new(new FrameHeader(0, FrameKind.Notify, FrameFlags.First, 0, 1), 32 * 1024 * 1024);
        message.Accept(1);
        byte[] piece = new byte[1000];
        while (message.Received + piece.Length <= message.Total)
        {
            message.Add(piece);
            Assert.InRange(message.Buffer!.Capacity, message.Received, Math.Max(4096, 8 * message.Received));
        }

        message.Discard();
    }

    [Fact]
    public void A_known_broadcast_is_refused_while_it_arrives_and_the_rest_forgotten()
    {
        SessionPair pair = SessionPair.Ready();
        pair.Responder.OnEffect = happening =>
        {
            if (happening.Kind == SessionEffectKind.BroadcastBegun)
            {
                Assert.Equal(BroadcastHead.Read(Given.BroadcastBody(600_000)), happening.Effect.Broadcast);
                pair.Responder.Session.RefuseBroadcast(happening.Id, ResetReason.Duplicate);
                pair.Responder.Session.RefuseBroadcast(happening.Id, ResetReason.Duplicate);
            }
        };
        pair.Initiator.Session.Send(Given.Message(FrameKind.Broadcast, 0, 600_000));
        pair.Settle();

        Assert.Equal((ushort)ResetReason.Duplicate, pair.Initiator.Only(SessionEffectKind.Refused).Effect.Header.Type);
        Assert.Single(pair.Responder.Wrote, frame => frame.Header.Kind == FrameKind.Reset);
        Assert.Equal(0, pair.Responder.Count(SessionEffectKind.Broadcast));
        Assert.Equal(0, pair.Responder.Budget.Reserved);
        Assert.True(pair.Initiator.Wrote.Sum(frame => frame.Payload.Length) < 400_000, "The broadcast was sent in full.");
    }

    [Fact]
    public void A_sender_that_stops_gives_the_room_back_and_may_begin_anew()
    {
        FakePeer peer = FakePeer.Ready();
        peer.Tell(FrameKind.Notify, 1, Beginning(100, [1]), First);
        Assert.Equal(100, peer.End.Budget.Reserved);
        peer.Say(FrameKind.Reset, [(byte)FrameKind.Notify, 0, 0], 1);
        Assert.Equal(0, peer.End.Budget.Reserved);
        peer.Tell(FrameKind.Notify, 1, Beginning(3, [1]), First);
        peer.Tell(FrameKind.Notify, 1, [2, 3]);
        Assert.Equal([1, 2, 3], peer.End.Only(SessionEffectKind.Notify).Body);
    }

    [Theory]
    [InlineData(FrameKind.Ping)]
    [InlineData(FrameKind.Error)]
    [InlineData((FrameKind)0xee)]
    public void Only_messages_can_be_reset(FrameKind kind)
    {
        FakePeer peer = FakePeer.Ready();
        peer.Say(FrameKind.Reset, [(byte)kind, 0, 1], 1);
        peer.AssertRefused(DisconnectReason.MalformedFrame);
    }

    [Fact]
    public void A_reset_for_a_reason_of_a_later_version_is_passed_on()
    {
        FakePeer peer = FakePeer.Ready();
        peer.Session.Send(Given.Message(FrameKind.Notify, 0, 300_000));
        Assert.True(peer.Session.TryNextFrame(out _));
        peer.Session.FrameWritten();
        peer.Say(FrameKind.Reset, [(byte)FrameKind.Notify, 0x03, 0xe7], 1);
        Assert.Equal(999, peer.End.Only(SessionEffectKind.Refused).Effect.Header.Type);
        Assert.Equal([(byte)FrameKind.Notify, 0, 0], peer.Heard(FrameKind.Reset).Single().Payload);
    }

    [Fact]
    public void What_is_dropped_before_it_is_reported_written_is_not_finished_again()
    {
        FakePeer peer = FakePeer.Ready();
        peer.Session.Send(Given.Owned(FrameKind.Notify, 0, 10, out SharedBuffer first));
        peer.Session.Send(Given.Owned(FrameKind.Notify, 0, 20, out SharedBuffer second));
        Assert.True(peer.Session.TryNextFrame(out _));
        peer.Session.Receive(peer.Now, new Frame(
            new FrameHeader(3, FrameKind.Reset, FrameFlags.None, 0, 1), new byte[] { (byte)FrameKind.Notify, 0, 1 }));
        peer.Session.FrameWritten();

        Assert.True(Given.IsReleased(first));
        Assert.False(Given.IsReleased(second));
        peer.Pump();
        Assert.Equal(2UL, peer.Heard(FrameKind.Notify).Single().Header.Id);
        Assert.Equal(0, peer.Session.QueuedBytes);
    }

    [Fact]
    public void Tagged_headers_precede_the_body_of_a_whole_and_of_a_fragmented_message()
    {
        byte[] headers = [0x10, 0x05, 0x04];
        FakePeer peer = FakePeer.Ready();
        peer.Tell(FrameKind.Notify, 1, [.. headers, 9], FrameFlags.Tagged);
        peer.Tell(FrameKind.Notify, 2, Beginning(3, [.. headers, 1]), First | FrameFlags.Tagged);
        peer.Tell(FrameKind.Notify, 2, [2, 3]);
        Assert.Equal([9, 1, 2, 3], peer.End.Happened.SelectMany(happening => happening.Body));
    }

    [Fact]
    public void Tagged_headers_within_a_message_are_refused()
    {
        FakePeer middle = FakePeer.Ready();
        middle.Tell(FrameKind.Notify, 1, Beginning(9, [1]), First);
        middle.Tell(FrameKind.Notify, 1, [0x04, 1], FrameFlags.More | FrameFlags.Tagged);
        middle.AssertRefused(DisconnectReason.InvalidFlags);

        FakePeer last = FakePeer.Ready();
        last.Tell(FrameKind.Notify, 1, Beginning(3, [1]), First);
        last.Tell(FrameKind.Notify, 1, [0x04, 1], FrameFlags.Tagged);
        last.AssertRefused(DisconnectReason.InvalidFlags);
    }

    [Fact]
    public void A_session_that_ends_in_the_middle_of_everything_returns_all_room()
    {
        ReassemblyBudget budget = new(1_000_000);
        FakePeer peer = FakePeer.Ready(budget: budget);
        peer.End.FinishesAtOnce = false;
        peer.Tell(FrameKind.Notify, 1, Beginning(70_000, [1]), First);
        peer.Tell(FrameKind.Notify, 2, Beginning(3, [1]), First);
        peer.Tell(FrameKind.Notify, 2, [2, 3]);
        Assert.Equal(70_003, budget.Reserved);

        peer.Session.OnTransportClosed(DisconnectReason.ConnectionReset, "");
        Assert.Equal(0, budget.Reserved);
        peer.End.Finish(SessionEffectKind.Notify);
        Assert.Equal(0, budget.Reserved);
    }
}
