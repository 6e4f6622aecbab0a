namespace ActorP2P.Protocol.Tests;

public class GoodbyeTests
{
    private static readonly byte[] Fault = CodedText.Encode((ushort)DisconnectReason.MalformedFrame, "what was that");
    private static readonly byte[] Orderly = CodedText.Encode((ushort)DisconnectReason.ShuttingDown, "bye");

    [Fact]
    public void A_goodbye_on_an_idle_connection_ends_both_sides_at_once()
    {
        SessionPair pair = SessionPair.Ready();
        pair.Initiator.Session.Close(pair.Now, DisconnectReason.ShuttingDown, "bye");
        pair.Settle();

        Assert.Equal(new Disconnect(DisconnectReason.ShuttingDown, DisconnectSide.Remote, "bye"), pair.Responder.End);
        Assert.True(pair.Responder.End!.IsOrderly);
        pair.Responder.Only<SessionEvent.Draining>();
        pair.Initiator.Session.OnTransportClosed(DisconnectReason.ConnectionLost, "");
        pair.Settle();
        Assert.Equal(new Disconnect(DisconnectReason.ShuttingDown, DisconnectSide.Local, "bye"), pair.Initiator.End);
        pair.Initiator.Only<SessionEvent.Closed>();
        Assert.IsType<SessionEvent.Closed>(pair.Initiator.Happened[^1].Event);
    }

    [Fact]
    public void Queued_messages_of_both_sides_drain_before_the_end()
    {
        SessionPair pair = SessionPair.Ready();
        for (ulong id = 1; id <= 8; id++)
        {
            pair.Initiator.Session.Send(pair.Now, Given.Message(FrameKind.Notify, 0, 100_000));
            pair.Responder.Session.Send(pair.Now, Given.Message(FrameKind.Notify, 0, 100_000));
        }

        pair.Initiator.Session.Close(pair.Now, DisconnectReason.ShuttingDown, "");
        pair.Settle();
        Assert.Equal(8, pair.Responder.Count(FrameKind.Notify));
        Assert.Equal(8, pair.Initiator.Count(FrameKind.Notify));
        Assert.True(pair.Initiator.AskedToEnd);
    }

    [Fact]
    public void A_running_request_is_answered_before_the_goodbye_ack()
    {
        SessionPair pair = SessionPair.Ready();
        pair.Initiator.Session.Send(pair.Now, Given.Message(FrameKind.Request, 1, 10));
        pair.Settle();
        pair.Initiator.Session.Close(pair.Now, DisconnectReason.ShuttingDown, "");
        pair.Settle();
        Assert.DoesNotContain(pair.Responder.Wrote, frame => frame.Header.Kind == FrameKind.GoodbyeAck);

        pair.Responder.Session.Respond(Given.Message(FrameKind.Response, 1, 300_000));
        pair.Settle();
        Assert.Equal(300_000, pair.Initiator.Only(FrameKind.Response).Body.Length);
        Assert.True(pair.Initiator.AskedToEnd);
    }

    [Fact]
    public void A_request_queued_at_the_goodbye_gets_its_answer()
    {
        SessionPair pair = SessionPair.Ready();
        pair.Responder.OnEffect = happening =>
        {
            if (happening.Kind == FrameKind.Request)
            {
                pair.Responder.Session.Respond(Given.Message(FrameKind.Response, happening.Id, 10));
            }
        };
        pair.Initiator.Session.Send(pair.Now, Given.Message(FrameKind.Request, 1, 500_000));
        pair.Initiator.Session.Close(pair.Now, DisconnectReason.DuplicateConnection, "");
        pair.Settle();
        Assert.Equal(1, pair.Initiator.Count(FrameKind.Response));
        Assert.True(pair.Initiator.AskedToEnd);
    }

    [Fact]
    public void A_request_before_ready_is_answered_after_a_goodbye()
    {
        SessionPair pair = new();
        pair.Responder.OnEffect = happening =>
        {
            if (happening.Kind == FrameKind.Request)
            {
                pair.Responder.Session.Close(pair.Now, DisconnectReason.ShuttingDown, "bye");
                Assert.Equal(SessionState.Draining, pair.Responder.Session.State);
            }
        };
        pair.Start();
        pair.Initiator.Session.Send(pair.Now, Given.Message(FrameKind.Request, 1, 10));
        pair.Settle();
        Assert.Equal(0, pair.Initiator.Count(FrameKind.Response));
        Assert.False(pair.Responder.AskedToEnd);

        pair.Responder.Session.Respond(Given.Message(FrameKind.Response, 1, 300_000));
        pair.Settle();

        Assert.Equal(300_000, pair.Initiator.Only(FrameKind.Response).Body.Length);
        Assert.True(pair.Responder.AskedToEnd);
        Assert.Equal(new Disconnect(DisconnectReason.ShuttingDown, DisconnectSide.Remote, "bye"), pair.Initiator.End);
        Assert.DoesNotContain(pair.Responder.Happened, happening => happening.Event is SessionEvent.Ready);
    }

    [Fact]
    public void A_ready_that_crosses_the_goodbye_is_taken_once()
    {
        FakePeer peer = new();
        peer.SayHello();
        peer.Session.Close(peer.Now, DisconnectReason.ShuttingDown, "");
        peer.Say(FrameKind.Ready);
        Assert.Equal(SessionState.Draining, peer.Session.State);

        peer.Say(FrameKind.Ready);

        peer.AssertRefused(DisconnectReason.UnexpectedFrame);
    }

    [Fact]
    public void A_goodbye_before_ready_is_acknowledged()
    {
        FakePeer peer = new();
        peer.SayHello();
        peer.Say(FrameKind.Goodbye, Orderly);
        Assert.Single(peer.Heard(FrameKind.GoodbyeAck));
    }

    [Fact]
    public void Goodbyes_that_cross_end_both_sides_each_with_its_own_reason()
    {
        SessionPair pair = SessionPair.Ready();
        pair.Initiator.Session.Close(pair.Now, DisconnectReason.ShuttingDown, "");
        pair.Responder.Session.Close(pair.Now, DisconnectReason.ApplicationClosed, "");
        pair.Advance(TimeSpan.FromSeconds(1));

        Assert.True(pair.Initiator.AskedToEnd && pair.Responder.AskedToEnd);
        Assert.Equal(DisconnectReason.ShuttingDown, pair.Initiator.End!.Reason);
        Assert.Equal(DisconnectReason.ApplicationClosed, pair.Responder.End!.Reason);
    }

    [Fact]
    public void Nothing_new_is_begun_after_a_goodbye_of_either_side()
    {
        SessionPair pair = SessionPair.Ready();
        pair.Responder.FinishesAtOnce = false;
        for (int i = 0; i < 5; i++)
        {
            pair.Initiator.Session.Send(pair.Now, Given.Message(FrameKind.Notify, 0, 60_000));
        }

        pair.Initiator.Session.Close(pair.Now, DisconnectReason.ShuttingDown, "");
        pair.Settle();
        Assert.Equal(SessionState.Draining, pair.Initiator.Session.State);
        Assert.Equal(
            SendResult.NotConnected, pair.Initiator.Session.Send(pair.Now, Given.Message(FrameKind.Notify, 0, 1)));
        Assert.Equal(
            SendResult.NotConnected, pair.Responder.Session.Send(pair.Now, Given.Message(FrameKind.Request, 1, 1)));
    }

    [Fact]
    public void A_drain_that_takes_five_seconds_is_cut()
    {
        SessionPair pair = SessionPair.Ready();
        pair.Responder.FinishesAtOnce = false;
        for (int i = 0; i < 8; i++)
        {
            pair.Initiator.Session.Send(pair.Now, Given.Message(FrameKind.Notify, 0, 60_000));
        }

        pair.Initiator.Session.Close(pair.Now, DisconnectReason.ShuttingDown, "");
        Assert.Equal(pair.Now + TimeSpan.FromSeconds(5), pair.Initiator.Session.Deadline);
        pair.Advance(TimeSpan.FromSeconds(5));
        pair.Initiator.Only<SessionEvent.Abort>();
        Assert.Equal(DisconnectReason.DrainTimeout, pair.Initiator.End!.Reason);
    }

    [Fact]
    public void A_peer_that_never_acknowledges_is_cut_after_five_seconds()
    {
        FakePeer peer = FakePeer.Ready();
        peer.Session.Close(peer.Now, DisconnectReason.ApplicationClosed, "");
        peer.NextTimer();
        Assert.Equal(DisconnectReason.ApplicationClosed, peer.End.End!.Reason);
        peer.End.Only<SessionEvent.Abort>();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_drain_ends_when_the_last_message_is_refused_by_the_peer(bool byReset)
    {
        FakePeer peer = FakePeer.Ready();
        peer.Session.Send(peer.Now, Given.Message(FrameKind.Request, 1, 600_000));
        peer.Pump();
        peer.Session.Close(peer.Now, DisconnectReason.ShuttingDown, "");
        peer.Say(FrameKind.GoodbyeAck);
        Assert.False(peer.Ended);

        if (byReset)
        {
            peer.Say(FrameKind.Reset, [(byte)FrameKind.Request, 0, 1], 1);
        }
        else
        {
            peer.Tell(FrameKind.Error, 1, CodedText.Encode((ushort)RequestErrorCode.NoSuchService, ""));
        }

        Assert.True(peer.Ended);
    }

    [Fact]
    public void A_goodbye_ack_waits_until_the_last_message_is_sent()
    {
        FakePeer peer = FakePeer.Ready();
        peer.Session.Send(peer.Now, Given.Message(FrameKind.Notify, 0, 600_000));
        peer.Pump();
        peer.Say(FrameKind.Goodbye, Orderly);
        Assert.Empty(peer.Heard(FrameKind.GoodbyeAck));
        peer.Say(FrameKind.Reset, [(byte)FrameKind.Notify, 0, 1], 1);
        Assert.Single(peer.Heard(FrameKind.GoodbyeAck));
    }

    [Fact]
    public void A_goodbye_with_a_fault_ends_the_session()
    {
        ReassemblyBudget budget = new(1_000_000);
        FakePeer peer = FakePeer.Ready(budget: budget);
        peer.End.FinishesAtOnce = false;
        peer.Tell(FrameKind.Notify, 2, FragmentTests.Beginning(3, [1]), FrameFlags.First | FrameFlags.More);
        peer.Tell(FrameKind.Notify, 2, [2, 3]);
        peer.Session.Send(peer.Now, Given.Owned(FrameKind.Notify, 0, 600_000, out SharedBuffer buffer));
        peer.Say(FrameKind.Goodbye, Fault);

        Assert.True(peer.Ended);
        Assert.True(Given.IsReleased(buffer));
        peer.End.Only<SessionEvent.Draining>();
        peer.End.Only<SessionEvent.Shutdown>();
        peer.End.Finish(FrameKind.Notify);
        Assert.Equal(0, budget.Reserved);
        peer.Session.OnTransportClosed(DisconnectReason.ConnectionLost, "");
        peer.Pump();
        Assert.Equal(
            new Disconnect(DisconnectReason.MalformedFrame, DisconnectSide.Remote, "what was that"), peer.End.End);
        Assert.Equal(0, budget.Reserved);
    }

    [Fact]
    public void A_fault_after_an_orderly_goodbye_becomes_the_reason()
    {
        FakePeer ours = FakePeer.Ready();
        ours.Session.Close(ours.Now, DisconnectReason.ShuttingDown, "");
        ours.Say(FrameKind.Goodbye, Fault);
        ours.Session.OnTransportClosed(DisconnectReason.ConnectionLost, "");
        ours.Pump();
        Assert.Equal(DisconnectReason.MalformedFrame, ours.End.End!.Reason);

        FakePeer theirs = FakePeer.Ready();
        theirs.Tell(FrameKind.Request, 1, []);
        theirs.Say(FrameKind.Goodbye, Orderly);
        theirs.Say(FrameKind.Goodbye, Fault);
        theirs.Session.OnTransportClosed(DisconnectReason.ConnectionLost, "");
        theirs.Pump();
        Assert.Equal(DisconnectSide.Remote, theirs.End.End!.Side);
        Assert.Equal(DisconnectReason.MalformedFrame, theirs.End.End.Reason);
    }

    [Fact]
    public void A_second_goodbye_or_a_wrong_ack_is_refused()
    {
        FakePeer twice = FakePeer.Ready();
        twice.Tell(FrameKind.Request, 1, []);
        twice.Say(FrameKind.Goodbye, Orderly);
        twice.Say(FrameKind.Goodbye, Orderly);
        twice.AssertRefused(DisconnectReason.UnexpectedFrame);

        FakePeer early = FakePeer.Ready();
        early.Say(FrameKind.GoodbyeAck);
        early.AssertRefused(DisconnectReason.UnexpectedFrame);

        FakePeer again = FakePeer.Ready();
        again.Tell(FrameKind.Request, 1, []);
        again.Session.Close(again.Now, DisconnectReason.ShuttingDown, "");
        again.Say(FrameKind.GoodbyeAck);
        again.Say(FrameKind.GoodbyeAck);
        again.AssertRefused(DisconnectReason.UnexpectedFrame);
    }
}
