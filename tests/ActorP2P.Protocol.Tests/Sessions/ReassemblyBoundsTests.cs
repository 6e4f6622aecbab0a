namespace ActorP2P.Protocol.Tests;

/// <summary>The memory that one peer can occupy with messages that it begins and does not finish.</summary>
public class ReassemblyBoundsTests
{
    private const FrameFlags First = FrameFlags.First | FrameFlags.More;
    private const int Longest = 32 * 1024 * 1024;

    [Fact]
    public void One_peer_does_not_take_the_room_of_all()
    {
        ReassemblyBudget budget = new(2 * Longest);
        FakePeer greedy = FakePeer.Ready(budget: budget);
        FakePeer honest = FakePeer.Ready(budget: budget);
        greedy.Tell(FrameKind.Notify, 1, FragmentTests.Beginning(Longest, [1]), First);
        greedy.Tell(FrameKind.Request, 2, FragmentTests.Beginning(Longest, [1]), First);
        honest.Tell(FrameKind.Notify, 1, FragmentTests.Beginning(Longest, [1]), First);

        Assert.Equal(
            [(byte)FrameKind.Request, 0, (byte)ResetReason.NoRoom], greedy.Heard(FrameKind.Reset).Single().Payload);
        Assert.Empty(honest.Heard(FrameKind.Reset));
        Assert.Equal(2 * Longest, budget.Reserved);
    }

    [Fact]
    public void A_message_without_progress_is_given_up_after_30_seconds()
    {
        FakePeer peer = FakePeer.Ready();
        TimeSpan begun = peer.Now;
        peer.Tell(FrameKind.Notify, 1, FragmentTests.Beginning(Longest, [1]), First);
        peer.NextTimer();

        Assert.Equal(begun + TimeSpan.FromSeconds(30), peer.Now);
        Assert.Equal(
            [(byte)FrameKind.Notify, 0, (byte)ResetReason.Stalled], peer.Heard(FrameKind.Reset).Single().Payload);
        Assert.Equal(0, peer.End.Budget.Reserved);
        Assert.Equal(0, peer.Session.HeldForReassembly);
        Assert.Equal(1, peer.Session.Counters.StalledMessages);
        Assert.Equal(SessionState.Ready, peer.Session.State);
        peer.Tell(FrameKind.Notify, 2, [1]);
        peer.End.Only(FrameKind.Notify);
    }

    [Fact]
    public void Each_fragment_postpones_the_deadline()
    {
        FakePeer peer = FakePeer.Ready();
        peer.Tell(FrameKind.Notify, 1, FragmentTests.Beginning(100, [1]), First);
        for (int i = 0; i < 10; i++)
        {
            peer.Now += TimeSpan.FromSeconds(29);
            peer.Session.OnTimer(peer.Now);
            peer.Tell(FrameKind.Notify, 1, [1], FrameFlags.More);
        }

        Assert.Empty(peer.Heard(FrameKind.Reset));
    }

    [Fact]
    public void An_ask_ends_when_its_response_makes_no_progress()
    {
        FakePeer peer = FakePeer.Ready();
        peer.Session.Send(peer.Now, Given.Message(FrameKind.Request, 5, 1));
        peer.Pump();
        peer.Tell(FrameKind.Response, 5, FragmentTests.Beginning(100_000, [1]), First);
        peer.NextTimer();

        SessionEvent.RequestFailed error = peer.End.Only<SessionEvent.RequestFailed>();
        Assert.Equal(5UL, error.Id);
        Assert.Equal(RequestErrorCode.NoRoom, error.Code);
        Assert.Equal(0, peer.End.Memory.Replies.Reserved);
    }

    [Fact]
    public void A_message_without_credit_from_this_node_is_not_given_up()
    {
        FakePeer peer = FakePeer.Ready();
        peer.End.FinishesAtOnce = false;
        peer.Tell(FrameKind.Notify, 1, FragmentTests.Beginning(Longest, [1]), First);
        for (ulong id = 2; id < 5; id++)
        {
            peer.Tell(FrameKind.Notify, id, new byte[60_000]);
        }

        peer.Tell(FrameKind.Notify, 5, new byte[30_000]);
        peer.NextTimer();
        Assert.Empty(peer.Heard(FrameKind.Reset));

        peer.End.Finish(FrameKind.Notify);
        peer.Pump();
        peer.NextTimer();
        Assert.Single(peer.Heard(FrameKind.Reset));
    }

    [Fact]
    public void A_response_that_waits_for_room_has_no_deadline()
    {
        FakePeer peer = FakePeer.Ready();
        ReplyRoom.Ticket all = new((int)peer.End.Memory.Replies.Capacity, Given.Nothing);
        peer.End.Memory.Replies.TryReserve(all);
        peer.Session.Send(peer.Now, Given.Message(FrameKind.Request, 5, 1));
        peer.Pump();
        peer.Tell(FrameKind.Response, 5, FragmentTests.Beginning(100_000, [1]), First);
        Assert.Equal(peer.Now + TimeSpan.FromSeconds(60), peer.Session.Deadline);

        peer.End.Memory.Replies.Withdraw(all);
        peer.Pump();
        Assert.Equal(peer.Now + TimeSpan.FromSeconds(30), peer.Session.Deadline);
    }

    [Fact]
    public void Tiny_fragments_use_as_much_credit_as_tiny_messages()
    {
        FakePeer peer = FakePeer.Ready();
        peer.Tell(FrameKind.Notify, 1, FragmentTests.Beginning(1000, [1]), First);
        long used = peer.Session.ReceivingCredit.Used(CreditClass.Notify);
        for (int i = 0; i < 100; i++)
        {
            peer.Tell(FrameKind.Notify, 1, [1], FrameFlags.More);
        }

        Assert.Equal(100 * (1 + CreditBook.PerMessage), peer.Session.ReceivingCredit.Used(CreditClass.Notify) - used);
    }
}
