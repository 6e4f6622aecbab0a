namespace ActorP2P.Protocol.Tests;

public class RequestTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(65_535)]
    [InlineData(65_536)]
    [InlineData(65_537)]
    [InlineData(1_000_000)]
    public void A_request_of_any_size_is_answered_by_a_response_of_any_size(int length)
    {
        SessionPair pair = SessionPair.Ready();
        pair.Initiator.Session.Send(pair.Now, Given.Message(FrameKind.Request, 7, length));
        pair.Settle();
        Assert.Equal(Given.Bytes(length), pair.Responder.Only(FrameKind.Request).Body);
        Assert.Equal(1, pair.Responder.Session.OpenInbound);

        Assert.Equal(SendResult.Accepted, pair.Responder.Session.Respond(Given.Message(FrameKind.Response, 7, length)));
        pair.Settle();
        Assert.Equal(Given.Bytes(length), pair.Initiator.Only(FrameKind.Response).Body);
        Assert.Equal(0, pair.Responder.Session.OpenInbound);
        Assert.Equal(0, pair.Initiator.Budget.Reserved + pair.Responder.Budget.Reserved);
    }

    [Fact]
    public void A_request_may_fail_with_a_code_and_a_text()
    {
        SessionPair pair = SessionPair.Ready();
        pair.Initiator.Session.Send(pair.Now, Given.Message(FrameKind.Request, 7, 1));
        pair.Settle();
        pair.Responder.Session.Respond(
            new OutboundMessage(FrameKind.Error, 0, 7, Lane.Normal, CodedText.Encode(0x123, "überall"), null));
        pair.Settle();

        SessionEvent.RequestFailed error = pair.Initiator.Only<SessionEvent.RequestFailed>();
        Assert.Equal((RequestErrorCode)0x123, error.Code);
        Assert.Equal("überall", error.Text);
    }

    [Fact]
    public void A_second_unknown_or_late_answer_is_counted_and_dropped()
    {
        FakePeer peer = FakePeer.Ready();
        peer.Session.Send(peer.Now, Given.Message(FrameKind.Request, 7, 1));
        peer.Pump();
        peer.Tell(FrameKind.Response, 7, [1]);
        peer.Tell(FrameKind.Response, 7, [1]);
        peer.Tell(FrameKind.Response, 8, [1]);
        peer.Tell(FrameKind.Error, 9, [0, 1]);
        peer.Session.Send(peer.Now, Given.Message(FrameKind.Request, 10, 1));
        peer.Pump();
        peer.Session.Cancel(10);
        peer.Tell(FrameKind.Response, 10, [1]);

        Assert.Equal(4, peer.Session.Counters.UnexpectedResponses);
        Assert.Equal(1, peer.End.Count(FrameKind.Response));
        Assert.Equal(SessionState.Ready, peer.Session.State);
    }

    [Fact]
    public void An_answer_to_a_request_that_is_still_queued_is_unexpected()
    {
        FakePeer peer = FakePeer.Ready();
        peer.End.WriterIsBlocked = true;
        peer.Session.Send(peer.Now, Given.Message(FrameKind.Request, 7, 1));
        peer.Tell(FrameKind.Response, 7, [1]);
        Assert.Equal(1, peer.Session.Counters.UnexpectedResponses);
    }

    [Fact]
    public void A_request_id_that_is_open_may_not_be_used_again()
    {
        FakePeer peer = FakePeer.Ready();
        peer.Tell(FrameKind.Request, 7, [1]);
        peer.Tell(FrameKind.Request, 7, [1]);
        peer.AssertRefused(DisconnectReason.DuplicateRequestId);
    }

    [Fact]
    public void More_requests_than_announced_are_a_violation()
    {
        FakePeer peer = FakePeer.Ready();
        for (ulong id = 0; id < 256; id++)
        {
            peer.Tell(FrameKind.Request, id, []);
        }

        Assert.Equal(SessionState.Ready, peer.Session.State);
        peer.Tell(FrameKind.Request, 256, []);
        peer.AssertRefused(DisconnectReason.TooManyRequests);
    }

    [Fact]
    public void A_sender_keeps_to_the_announced_number_of_requests()
    {
        SessionSettings few = new SessionSettings { MaxRequests = 16 }.Validated();
        SessionPair pair = SessionPair.Ready(responder: few);
        for (ulong id = 1; id <= 40; id++)
        {
            pair.Initiator.Session.Send(pair.Now, Given.Message(FrameKind.Request, id, 10));
        }

        pair.Settle();
        Assert.Equal(16, pair.Responder.Session.OpenInbound);
        pair.Responder.Session.Respond(Given.Message(FrameKind.Response, 1, 0));
        pair.Settle();
        Assert.Equal(17, pair.Responder.Count(FrameKind.Request));
    }

    [Fact]
    public void A_cancelled_request_is_reported_to_the_peer()
    {
        SessionPair pair = SessionPair.Ready();
        pair.Initiator.Session.Send(pair.Now, Given.Message(FrameKind.Request, 7, 10));
        pair.Settle();
        pair.Initiator.Session.Cancel(7);
        pair.Settle();

        Assert.Equal(7UL, pair.Responder.Only<SessionEvent.RequestCancelled>().Id);
        OutboundMessage late = Given.Owned(FrameKind.Response, 7, 10, out SharedBuffer buffer);
        Assert.Equal(SendResult.NoLongerWanted, pair.Responder.Session.Respond(late));
        Assert.True(Given.IsReleased(buffer));
    }

    [Fact]
    public void A_request_cancelled_before_it_is_sent_never_reaches_the_peer()
    {
        FakePeer peer = FakePeer.Ready();
        peer.Session.Send(peer.Now, Given.Owned(FrameKind.Request, 7, 10, out SharedBuffer buffer));
        peer.Session.Cancel(7);
        peer.Pump();
        Assert.Empty(peer.Heard(FrameKind.Request));
        Assert.Empty(peer.Heard(FrameKind.Cancel));
        Assert.True(Given.IsReleased(buffer));
        Assert.Equal(0, peer.Session.QueuedBytes);
    }

    [Fact]
    public void A_request_cancelled_in_the_middle_is_forgotten_by_the_peer()
    {
        SessionPair pair = SessionPair.Ready();
        pair.Initiator.Session.Send(pair.Now, Given.Owned(FrameKind.Request, 7, 200_000, out SharedBuffer buffer));
        Assert.True(pair.Initiator.Session.TryGetFrame(pair.Now, out OutboundFrame first));
        byte[] payload = [.. first.Prefix.Span, .. first.Body.Span];
        pair.Initiator.Session.OnFrameWritten();
        pair.Responder.Session.HandleFrame(pair.Now, new Frame(first.Header, payload));
        Assert.Equal(200_000, pair.Responder.Budget.Reserved);

        pair.Initiator.Session.Cancel(7);
        pair.Settle();
        Assert.True(Given.IsReleased(buffer));
        Assert.Equal(0, pair.Responder.Budget.Reserved);
        Assert.Equal(0, pair.Responder.Count(FrameKind.Request));
        Assert.Equal(0, pair.Responder.Count<SessionEvent.RequestCancelled>());
        Assert.Equal(SessionState.Ready, pair.Responder.Session.State);
    }

    [Fact]
    public void A_cancel_stops_a_response_that_is_under_way()
    {
        SessionPair pair = SessionPair.Ready();
        pair.Initiator.Session.Send(pair.Now, Given.Message(FrameKind.Request, 7, 1));
        pair.Settle();
        pair.Responder.Session.Respond(Given.Owned(FrameKind.Response, 7, 900_000, out SharedBuffer buffer));
        Assert.True(pair.Responder.Session.TryGetFrame(pair.Now, out OutboundFrame first));
        byte[] payload = [.. first.Prefix.Span, .. first.Body.Span];
        pair.Responder.Session.OnFrameWritten();
        pair.Initiator.Session.HandleFrame(pair.Now, new Frame(first.Header, payload));
        Assert.Equal(900_000, pair.Initiator.Memory.Replies.Reserved);

        pair.Initiator.Session.Cancel(7);
        Assert.Equal(0, pair.Initiator.Memory.Replies.Reserved);
        pair.Settle();
        Assert.True(Given.IsReleased(buffer));
        Assert.Equal(0, pair.Responder.Session.QueuedBytes);
        Assert.True(
            pair.Responder.Wrote.Sum(frame => frame.Payload.Length) < 400_000, "The response was sent in full.");
        Assert.Equal(0, pair.Initiator.Count(FrameKind.Response));
    }

    [Fact]
    public void A_cancel_drops_a_response_that_waits()
    {
        FakePeer peer = FakePeer.Ready();
        peer.Tell(FrameKind.Request, 7, [1]);
        peer.End.WriterIsBlocked = true;
        peer.Session.Respond(Given.Owned(FrameKind.Response, 7, 10, out SharedBuffer buffer));
        peer.Say(FrameKind.Cancel, id: 7);
        Assert.True(Given.IsReleased(buffer));
        peer.End.WriterIsBlocked = false;
        peer.Pump();
        Assert.Empty(peer.Heard(FrameKind.Response));
        Assert.Empty(peer.Heard(FrameKind.Reset));
    }

    [Fact]
    public void A_cancel_of_nothing_is_harmless()
    {
        FakePeer peer = FakePeer.Ready();
        peer.Say(FrameKind.Cancel, id: 12345);
        peer.Session.Cancel(54321);
        peer.Pump();
        Assert.Empty(peer.Heard(FrameKind.Cancel));
        Assert.Equal(0, peer.End.Count<SessionEvent.RequestCancelled>());
        Assert.Equal(SessionState.Ready, peer.Session.State);
    }

    [Fact]
    public void A_message_longer_than_the_peer_takes_is_not_sent()
    {
        SessionSettings small = new SessionSettings { MaxMessage = SessionSettings.MinMaxMessage }.Validated();
        SessionPair pair = SessionPair.Ready(responder: small);
        Assert.Equal(SendResult.TooLong,
            pair.Initiator.Session.Send(pair.Now, Given.Owned(FrameKind.Request, 1, 65_537, out SharedBuffer asked)));
        Assert.True(Given.IsReleased(asked));
        Assert.Equal(
            SendResult.Accepted, pair.Initiator.Session.Send(pair.Now, Given.Message(FrameKind.Request, 1, 65_536)));

        pair.Responder.Session.Send(pair.Now, Given.Message(FrameKind.Request, 5, 1));
        SessionPair reverse = SessionPair.Ready(initiator: small);
        reverse.Initiator.Session.Send(reverse.Now, Given.Message(FrameKind.Request, 5, 1));
        reverse.Settle();
        Assert.Equal(
            SendResult.TooLong, reverse.Responder.Session.Respond(Given.Message(FrameKind.Response, 5, 65_537)));
        Assert.Equal(
            SendResult.Accepted, reverse.Responder.Session.Respond(Given.Message(FrameKind.Response, 5, 65_536)));
    }

    [Fact]
    public void A_response_after_the_end_is_refused_and_its_buffer_released()
    {
        FakePeer peer = FakePeer.Ready();
        peer.Tell(FrameKind.Request, 7, [1]);
        peer.Session.OnTransportClosed(DisconnectReason.ConnectionReset, "");
        Assert.Equal(SendResult.NoLongerWanted,
            peer.Session.Respond(Given.Owned(FrameKind.Response, 7, 10, out SharedBuffer buffer)));
        Assert.True(Given.IsReleased(buffer));
        Assert.Equal(SendResult.NotConnected,
            peer.Session.Send(peer.Now, Given.Owned(FrameKind.Request, 1, 10, out SharedBuffer asked)));
        Assert.True(Given.IsReleased(asked));
    }

    [Fact]
    public void Send_refuses_answers_and_Respond_refuses_requests()
    {
        FakePeer peer = FakePeer.Ready();
        Assert.Throws<ArgumentException>(() => peer.Session.Send(peer.Now, Given.Message(FrameKind.Response, 1, 1)));
        Assert.Throws<ArgumentException>(() => peer.Session.Respond(Given.Message(FrameKind.Request, 1, 1)));
    }
}
