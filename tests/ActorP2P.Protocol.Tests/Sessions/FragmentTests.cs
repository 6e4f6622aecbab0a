namespace ActorP2P.Protocol.Tests;

public class FragmentTests
{
    private const FrameFlags First = FrameFlags.First | FrameFlags.More;

    /// <summary>A first fragment: the total as a varint, followed by the bytes.</summary>
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
    public void A_large_message_arrives_and_its_room_is_returned(FrameKind kind)
    {
        SessionPair pair = SessionPair.Ready();
        pair.Responder.FinishesAtOnce = false;
        OutboundMessage message = Given.Message(kind, 3, 150_000);
        pair.Initiator.Session.Send(pair.Now, message);
        pair.Settle();

        Assert.Equal(message.Body.ToArray(), pair.Responder.Only(kind).Body);
        Assert.Equal(message.Body.Length, pair.Responder.Budget.Reserved);
        pair.Responder.Finish(kind);
        Assert.Equal(0, pair.Responder.Budget.Reserved);
    }

    [Fact]
    public void A_message_of_4_MiB_passes_windows_of_256_KiB()
    {
        SessionPair pair = SessionPair.Ready();
        pair.Initiator.Session.Send(pair.Now, Given.Message(FrameKind.Request, 1, 4 * 1024 * 1024));
        pair.Settle();
        Assert.Equal(4 * 1024 * 1024, pair.Responder.Only(FrameKind.Request).Body.Length);
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
    public void A_fragment_of_another_lane_or_type_is_out_of_place()
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
    public void An_open_message_holds_at_most_eight_times_its_bytes()
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
    public void Tagged_headers_precede_whole_and_fragmented_bodies()
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
    public void A_session_that_ends_at_any_point_returns_all_room()
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
        peer.End.Finish(FrameKind.Notify);
        Assert.Equal(0, budget.Reserved);
    }
}
