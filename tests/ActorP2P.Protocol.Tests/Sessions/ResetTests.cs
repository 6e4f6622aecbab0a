namespace ActorP2P.Protocol.Tests;

/// <summary>Messages that either side gives up while their fragments are under way.</summary>
public class ResetTests
{
    private const FrameFlags First = FrameFlags.First | FrameFlags.More;

    [Theory]
    [InlineData(FrameKind.Request)]
    [InlineData(FrameKind.Notify)]
    [InlineData(FrameKind.Broadcast)]
    public void Without_room_a_message_is_refused_and_the_session_goes_on(FrameKind kind)
    {
        SessionPair pair = SessionPair.Ready(responderBudget: new ReassemblyBudget(100_000));
        pair.Initiator.Session.Send(pair.Now, Given.Owned(kind, 5, 600_000, out SharedBuffer buffer));
        pair.Settle();

        SessionEvent.MessageRefused refused = pair.Initiator.Only<SessionEvent.MessageRefused>();
        Assert.Equal(ResetReason.NoRoom, refused.Reason);
        Assert.Equal(kind, refused.Kind);
        Assert.True(Given.IsReleased(buffer));
        Assert.Equal(0, pair.Initiator.Session.QueuedBytes);
        Assert.Equal(0, pair.Responder.Budget.Reserved);

        // The place for one more open message in the lane is free again too.
        for (int i = 0; i < 10; i++)
        {
            pair.Initiator.Session.Send(pair.Now, Given.Message(kind, 6 + (ulong)i, 90_000));
            pair.Settle();
        }

        Assert.Equal(10, pair.Responder.Count(kind));
        Assert.Equal(0, pair.Responder.Budget.Reserved);
    }

    [Fact]
    public void Without_room_for_a_response_the_ask_fails()
    {
        SessionPair pair = SessionPair.Ready(initiatorBudget: new ReassemblyBudget(100_000));
        pair.Initiator.Session.Send(pair.Now, Given.Message(FrameKind.Request, 5, 1));
        pair.Settle();
        pair.Responder.Session.Respond(Given.Owned(FrameKind.Response, 5, 600_000, out SharedBuffer buffer));
        pair.Settle();

        Assert.Equal(RequestErrorCode.NoRoom, pair.Initiator.Only<SessionEvent.RequestFailed>().Code);
        Assert.Equal(ResetReason.NoRoom, pair.Responder.Only<SessionEvent.MessageRefused>().Reason);
        Assert.True(Given.IsReleased(buffer));
        Assert.Equal(0, pair.Initiator.Count(FrameKind.Response));
        Assert.Equal(0, pair.Initiator.Budget.Reserved);
    }

    [Fact]
    public void An_unexpected_fragmented_response_takes_no_room()
    {
        FakePeer peer = FakePeer.Ready();
        peer.Tell(FrameKind.Response, 5, FragmentTests.Beginning(100, [1]), First);
        Assert.Equal(0, peer.End.Budget.Reserved);
        Assert.Equal(
            [(byte)FrameKind.Response, 0, (byte)ResetReason.Unwanted], peer.Heard(FrameKind.Reset).Single().Payload);
        peer.Tell(FrameKind.Response, 5, new byte[99]);

        Assert.Equal(1, peer.Session.Counters.UnexpectedResponses);
        Assert.Equal(0, peer.End.Count(FrameKind.Response));
        Assert.Equal(SessionState.Ready, peer.Session.State);
    }

    [Fact]
    public void A_known_broadcast_is_refused_while_it_arrives()
    {
        SessionPair pair = SessionPair.Ready();
        pair.Responder.OnEffect = happening =>
        {
            if (happening.Event is SessionEvent.BroadcastBegun begun)
            {
                Assert.Equal(BroadcastHead.Read(Given.BroadcastBody(600_000)), begun.Head);
                pair.Responder.Session.RefuseBroadcast(begun.FrameId, ResetReason.Duplicate);
                pair.Responder.Session.RefuseBroadcast(begun.FrameId, ResetReason.Duplicate);
            }
        };
        pair.Initiator.Session.Send(pair.Now, Given.Message(FrameKind.Broadcast, 0, 600_000));
        pair.Settle();

        Assert.Equal(ResetReason.Duplicate, pair.Initiator.Only<SessionEvent.MessageRefused>().Reason);
        Assert.Single(pair.Responder.Wrote, frame => frame.Header.Kind == FrameKind.Reset);
        Assert.Equal(0, pair.Responder.Count(FrameKind.Broadcast));
        Assert.Equal(0, pair.Responder.Budget.Reserved);
        Assert.True(
            pair.Initiator.Wrote.Sum(frame => frame.Payload.Length) < 400_000, "The broadcast was sent in full.");
    }

    [Fact]
    public void A_sender_that_stops_returns_the_room()
    {
        FakePeer peer = FakePeer.Ready();
        peer.Tell(FrameKind.Notify, 1, FragmentTests.Beginning(100, [1]), First);
        Assert.Equal(100, peer.End.Budget.Reserved);
        peer.Say(FrameKind.Reset, [(byte)FrameKind.Notify, 0, 0], 1);
        Assert.Equal(0, peer.End.Budget.Reserved);
        peer.Tell(FrameKind.Notify, 1, FragmentTests.Beginning(3, [1]), First);
        peer.Tell(FrameKind.Notify, 1, [2, 3]);
        Assert.Equal([1, 2, 3], peer.End.Only(FrameKind.Notify).Body);
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
        peer.Session.Send(peer.Now, Given.Message(FrameKind.Notify, 0, 300_000));
        Assert.True(peer.Session.TryGetFrame(peer.Now, out _));
        peer.Session.OnFrameWritten();
        peer.Say(FrameKind.Reset, [(byte)FrameKind.Notify, 0x03, 0xe7], 1);
        Assert.Equal((ResetReason)999, peer.End.Only<SessionEvent.MessageRefused>().Reason);
        Assert.Equal([(byte)FrameKind.Notify, 0, 0], peer.Heard(FrameKind.Reset).Single().Payload);
    }

    [Fact]
    public void A_message_dropped_while_written_is_finished_only_once()
    {
        FakePeer peer = FakePeer.Ready();
        peer.Session.Send(peer.Now, Given.Owned(FrameKind.Notify, 0, 10, out SharedBuffer first));
        peer.Session.Send(peer.Now, Given.Owned(FrameKind.Notify, 0, 20, out SharedBuffer second));
        Assert.True(peer.Session.TryGetFrame(peer.Now, out _));
        peer.Session.HandleFrame(peer.Now, new Frame(
            new FrameHeader(3, FrameKind.Reset, FrameFlags.None, 0, 1), new byte[] { (byte)FrameKind.Notify, 0, 1 }));
        peer.Session.OnFrameWritten();

        Assert.True(Given.IsReleased(first));
        Assert.False(Given.IsReleased(second));
        peer.Pump();
        Assert.Equal(2UL, peer.Heard(FrameKind.Notify).Single().Header.Id);
        Assert.Equal(0, peer.Session.QueuedBytes);
    }
}
