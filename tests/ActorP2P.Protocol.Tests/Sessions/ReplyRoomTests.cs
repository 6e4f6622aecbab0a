namespace ActorP2P.Protocol.Tests;

/// <summary>Responses in fragments have room of their own, for which they wait.</summary>
public class ReplyRoomTests
{
    private const FrameFlags First = FrameFlags.First | FrameFlags.More;

    private static readonly SessionSettings Smallest = new SessionSettings
    {
        CreditWindow =
            SessionSettings.MinCreditWindow, MaxCreditWindow = SessionSettings.MinCreditWindow, MaxMessage = 1_000_000,
    }.Validated();

    [Fact]
    public void Claims_are_served_in_order_even_if_a_later_one_fits()
    {
        ReplyRoom room = new(100);
        List<string> granted = [];
        ReplyRoom.Ticket first = new(60, () => granted.Add("first"));
        ReplyRoom.Ticket large = new(90, () => granted.Add("large"));
        ReplyRoom.Ticket small = new(10, () => granted.Add("small"));
        Assert.True(room.TryReserve(first));
        Assert.False(room.TryReserve(large));
        Assert.False(room.TryReserve(small));

        room.Release(60);
        Assert.Equal(["large", "small"], granted);
        Assert.Equal(100, room.Reserved);
        Assert.Equal(0, room.Waiting);
    }

    [Fact]
    public void A_withdrawn_claim_lets_later_ones_pass()
    {
        ReplyRoom room = new(100);
        bool passed = false;
        ReplyRoom.Ticket held = new(60, Given.Nothing);
        ReplyRoom.Ticket large = new(90, () => Assert.Fail("It was withdrawn."));
        ReplyRoom.Ticket small = new(40, () => passed = true);
        room.TryReserve(held);
        room.TryReserve(large);
        room.TryReserve(small);

        room.Withdraw(large);
        Assert.True(passed);
        room.Withdraw(held);
        room.Withdraw(small);
        Assert.Equal(0, room.Reserved);
    }

    [Fact]
    public void A_response_without_room_waits_and_comes_when_there_is_some()
    {
        ReassemblyBudget budget = new(1_000_001);
        SessionPair pair = SessionPair.Ready(Smallest, Smallest, initiatorBudget: budget);
        ReplyRoom.Ticket other = new(500_000, Given.Nothing);
        pair.Initiator.Memory.Replies.TryReserve(other);
        Ask(pair, 5, 900_000);
        pair.Settle();
        Assert.Equal(1, pair.Initiator.Memory.Replies.Waiting);
        Assert.Equal(0, pair.Initiator.Count(FrameKind.Response));
        Assert.InRange(pair.Initiator.Session.HeldForReassembly, 1, 2 * Smallest.CreditWindow);

        pair.Initiator.Memory.Replies.Withdraw(other);
        pair.Settle();
        Assert.Equal(Given.Bytes(900_000), pair.Initiator.Only(FrameKind.Response).Body);
        Assert.Equal(0, pair.Initiator.Memory.Replies.Reserved);
        Assert.Equal(0, pair.Initiator.Count<SessionEvent.RequestFailed>());
    }

    [Fact]
    public void A_waiting_response_does_not_block_an_admitted_one()
    {
        SessionPair pair = SessionPair.Ready(Smallest, Smallest, initiatorBudget: new ReassemblyBudget(1_000_001));
        Ask(pair, 5, 900_000, Lane.Bulk);
        Ask(pair, 6, 900_000, Lane.Normal);
        Ask(pair, 7, 900_000, Lane.High);
        pair.Settle();

        Assert.Equal([5UL, 6UL, 7UL], Responses(pair.Initiator).Order());
        Assert.Equal(0, pair.Initiator.Memory.Replies.Reserved);
    }

    [Fact]
    public void A_small_response_passes_one_that_waits_in_another_lane()
    {
        SessionPair pair = SessionPair.Ready(Smallest, Smallest, initiatorBudget: new ReassemblyBudget(1_000_001));
        pair.Initiator.Memory.Replies.TryReserve(new ReplyRoom.Ticket(1_000_000, Given.Nothing));
        Ask(pair, 5, 900_000, Lane.Bulk);
        Ask(pair, 6, 60_000, Lane.Bulk);
        Ask(pair, 7, 60_000, Lane.Normal);
        pair.Settle();

        Assert.Equal([7UL], Responses(pair.Initiator));
    }

    [Fact]
    public void A_response_that_was_sent_before_the_hold_is_accepted()
    {
        SessionPair pair = SessionPair.Ready(initiatorBudget: new ReassemblyBudget(200_000));
        pair.Initiator.Memory.Replies.TryReserve(new ReplyRoom.Ticket(200_000, Given.Nothing));
        Ask(pair, 5, 150_000);
        pair.Settle();

        pair.Initiator.Only(FrameKind.Response);
        Assert.Equal(200_000, pair.Initiator.Memory.Replies.Reserved);
        Assert.Equal(0, pair.Initiator.Memory.Replies.Waiting);
    }

    [Fact]
    public void A_peer_that_ignores_a_hold_is_refused()
    {
        FakePeer peer = FakePeer.Ready(budget: new ReassemblyBudget(1_000_000));
        peer.End.Memory.Replies.TryReserve(new ReplyRoom.Ticket(1_000_000, Given.Nothing));
        peer.Session.Send(peer.Now, Given.Message(FrameKind.Request, 5, 1));
        peer.Pump();
        peer.Tell(FrameKind.Response, 5, FragmentTests.Beginning(900_000, []), First);
        Assert.Equal(
            [(byte)FrameKind.Response, 0, (byte)ResetReason.Hold], peer.Heard(FrameKind.Reset).Single().Payload);

        byte[] fragment = new byte[SessionSettings.MaxFragment];
        for (int i = 0; i < Given.Settings.CreditWindow / fragment.Length; i++)
        {
            Assert.Equal(SessionState.Ready, peer.Session.State);
            peer.Tell(FrameKind.Response, 5, fragment, FrameFlags.More);
        }

        peer.AssertRefused(DisconnectReason.CreditExceeded);
    }

    [Fact]
    public void A_cancelled_ask_gives_its_place_up()
    {
        SessionPair pair = SessionPair.Ready(Smallest, Smallest, initiatorBudget: new ReassemblyBudget(1_000_001));
        pair.Initiator.Memory.Replies.TryReserve(new ReplyRoom.Ticket(1_000_000, Given.Nothing));
        Ask(pair, 5, 900_000);
        pair.Settle();
        pair.Initiator.Session.Cancel(5);
        pair.Settle();

        Assert.Equal(0, pair.Initiator.Memory.Replies.Waiting);
        Assert.Equal(0, pair.Initiator.Session.HeldForReassembly);
        Assert.Equal(0, pair.Responder.Session.QueuedBytes);
    }

    [Fact]
    public void A_session_that_ends_returns_its_claim_and_its_room()
    {
        SessionPair pair = SessionPair.Ready(Smallest, Smallest, initiatorBudget: new ReassemblyBudget(1_000_001));
        ReplyRoom.Ticket other = new(1_000_000, Given.Nothing);
        pair.Initiator.Memory.Replies.TryReserve(other);
        Ask(pair, 5, 900_000);
        Ask(pair, 6, 900_000, Lane.High);
        pair.Settle();
        Assert.Equal(2, pair.Initiator.Memory.Replies.Waiting);

        pair.Initiator.Session.OnTransportClosed(DisconnectReason.ConnectionReset, "");
        pair.Initiator.Memory.Replies.Withdraw(other);
        Assert.Equal(0, pair.Initiator.Memory.Replies.Waiting);
        Assert.Equal(0, pair.Initiator.Memory.Replies.Reserved);
    }

    [Fact]
    public void A_hold_or_resume_of_an_unknown_message_has_no_effect()
    {
        FakePeer peer = FakePeer.Ready();
        peer.Say(FrameKind.Reset, [(byte)FrameKind.Response, 0, (byte)ResetReason.Hold], 5);
        peer.Say(FrameKind.Reset, [(byte)FrameKind.Response, 0, (byte)ResetReason.Resume], 5);
        Assert.Equal(SessionState.Ready, peer.Session.State);
        Assert.Equal(0, peer.End.Count<SessionEvent.MessageRefused>());
    }

    /// <summary>Lets the initiator ask; the responder answers at once with the given number of bytes.</summary>
    private static void Ask(SessionPair pair, ulong id, int length, Lane lane = Lane.Normal)
    {
        pair.Responder.OnEffect = happening =>
        {
            if (happening.Kind == FrameKind.Request)
            {
                int answer = BitConverter.ToInt32(happening.Body);
                pair.Responder.Session.Respond(
                    Given.Message(FrameKind.Response, happening.Id, answer, happening.Message.Lane));
            }
        };
        pair.Initiator.Session.Send(
            pair.Now, new OutboundMessage(FrameKind.Request, 0x0101, id, lane, BitConverter.GetBytes(length), null));
    }

    private static IEnumerable<ulong> Responses(SessionEnd end) =>
        end.Happened.Where(happening => happening.Kind == FrameKind.Response).Select(happening => happening.Id);
}
