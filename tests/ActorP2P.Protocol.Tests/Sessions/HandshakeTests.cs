namespace ActorP2P.Protocol.Tests;

public class HandshakeTests
{
    private static readonly TimeSpan Moment = TimeSpan.FromTicks(1);

    [Fact]
    public void Both_sides_become_ready_and_know_each_other()
    {
        SessionPair pair = SessionPair.Ready();

        Assert.Equal(2UL, pair.Initiator.Session.RemoteHello!.Nonce);
        Assert.Equal(1UL, pair.Responder.Session.RemoteHello!.Nonce);
        pair.Initiator.Only<SessionEvent.Ready>();
        pair.Responder.Only<SessionEvent.Ready>();
        Assert.Equal([FrameKind.Hello, FrameKind.Ready], pair.Initiator.Wrote.Select(frame => frame.Header.Kind));
        Assert.Equal([FrameKind.HelloAck], pair.Responder.Wrote.Select(frame => frame.Header.Kind));
    }

    [Fact]
    public void A_request_after_the_hello_is_answered_in_one_round_trip()
    {
        TimeSpan latency = TimeSpan.FromMilliseconds(50);
        SessionPair pair = new(latency: latency);
        pair.Responder.OnEffect = happening =>
        {
            if (happening.Kind == FrameKind.Request)
            {
                pair.Responder.Session.Respond(Given.Message(FrameKind.Response, happening.Id, 3));
            }
        };
        TimeSpan begun = pair.Now;
        pair.Start();
        Assert.Equal(
            SendResult.Accepted, pair.Initiator.Session.Send(pair.Now, Given.Message(FrameKind.Request, 7, 5)));
        pair.Settle();

        // Connecting takes another round trip, so the time from the dial to the first reply is two round trips.
        Assert.Equal(begun + (2 * latency), pair.Initiator.Only(FrameKind.Response).At);
        Assert.Equal(7UL, pair.Initiator.Only(FrameKind.Response).Id);
    }

    [Fact]
    public void Before_the_hello_only_a_few_short_requests_are_accepted()
    {
        SessionPair pair = new();
        PeerSession session = pair.Initiator.Session;
        session.Start(pair.Now);

        Assert.Equal(SendResult.NotConnected, session.Send(pair.Now, Given.Message(FrameKind.Notify, 0, 1)));
        Assert.Equal(SendResult.NotConnected, session.Send(pair.Now, Given.Message(FrameKind.Broadcast, 0, 1)));
        Assert.Equal(SendResult.NotConnected,
            session.Send(pair.Now, Given.Message(FrameKind.Request, 1, SessionSettings.MaxEarlyRequest + 1)));
        for (ulong id = 1; id <= SessionSettings.MinRequests + 1; id++)
        {
            Assert.Equal(SendResult.Accepted, session.Send(pair.Now, Given.Message(FrameKind.Request, id, 10)));
        }

        pair.Initiator.Pump(pair.Now);
        Assert.Equal(
            SessionSettings.MinRequests, pair.Initiator.Wrote.Count(frame => frame.Header.Kind == FrameKind.Request));
    }

    [Fact]
    public void A_request_of_the_initial_credit_follows_the_hello()
    {
        SessionPair pair = new();
        pair.Initiator.Session.Start(pair.Now);
        pair.Initiator.Session.Send(pair.Now, Given.Message(FrameKind.Request, 1, SessionSettings.MaxEarlyRequest));
        pair.Initiator.Session.Send(pair.Now, Given.Message(FrameKind.Request, 2, 0));
        pair.Initiator.Pump(pair.Now);

        Assert.Equal(
            1UL, Assert.Single(pair.Initiator.Wrote, frame => frame.Header.Kind == FrameKind.Request).Header.Id);
    }

    [Theory]
    [InlineData(SessionRole.Initiator)]
    [InlineData(SessionRole.Responder)]
    public void Handshake_times_out_after_ten_seconds(object anyRole)
    {
        SessionRole role = (SessionRole)anyRole;
        FakePeer peer = new(role);
        TimeSpan begun = peer.Now;
        Assert.Equal(begun + TimeSpan.FromSeconds(10), peer.Session.Deadline);

        peer.Session.OnTimer(begun + TimeSpan.FromSeconds(10) - Moment);
        Assert.NotEqual(SessionState.Refusing, peer.Session.State);
        peer.NextTimer();
        peer.AssertRefused(DisconnectReason.HandshakeTimeout);
    }

    [Fact]
    public void A_peer_that_never_says_ready_is_cut_after_ten_seconds()
    {
        FakePeer peer = new();
        TimeSpan begun = peer.Now;
        peer.Now += TimeSpan.FromSeconds(9);
        peer.SayHello();
        peer.Say(FrameKind.Ping, id: 5);

        Assert.Equal(begun + TimeSpan.FromSeconds(10), peer.Session.Deadline);
        peer.NextTimer();
        peer.AssertRefused(DisconnectReason.HandshakeTimeout);
    }

    [Fact]
    public void A_refused_peer_is_cut_when_it_does_not_close()
    {
        FakePeer peer = new();
        peer.NextTimer();
        Assert.Equal(peer.Now + SessionSettings.RefusalTimeout, peer.Session.Deadline);
        peer.NextTimer();

        peer.End.Only<SessionEvent.Abort>();
        Assert.Equal(DisconnectReason.HandshakeTimeout, peer.End.End!.Reason);
        Assert.Equal(SessionState.Closed, peer.Session.State);
        Assert.Null(peer.Session.Deadline);
    }

    [Theory]
    [InlineData(SessionRole.Initiator)]
    [InlineData(SessionRole.Responder)]
    public void Another_network_is_refused(object anyRole)
    {
        SessionRole role = (SessionRole)anyRole;
        FakePeer peer = new(role);
        peer.SayHello(Given.Hello(2) with { NetworkId = "othernet", MinVersion = 9, MaxVersion = 9 });
        peer.AssertRefused(DisconnectReason.WrongNetwork);
        Assert.Null(peer.Session.RemoteHello);
    }

    [Theory]
    [InlineData(SessionRole.Initiator)]
    [InlineData(SessionRole.Responder)]
    public void A_peer_without_a_version_in_common_is_refused(object anyRole)
    {
        SessionRole role = (SessionRole)anyRole;
        FakePeer peer = new(role);
        peer.SayHello(Given.Hello(2) with { MinVersion = 2, MaxVersion = 3 });
        peer.AssertRefused(DisconnectReason.UnsupportedVersion);
    }

    [Fact]
    public void A_later_peer_that_still_speaks_our_version_is_welcome()
    {
        FakePeer peer = new();
        peer.SayHello(Given.Hello(2) with { MinVersion = 0, MaxVersion = 7 });
        Assert.Equal(SessionState.AwaitingReady, peer.Session.State);
    }

    [Theory]
    [InlineData(SessionRole.Initiator)]
    [InlineData(SessionRole.Responder)]
    public void A_node_that_receives_its_own_nonce_has_dialled_itself(object anyRole)
    {
        SessionRole role = (SessionRole)anyRole;
        FakePeer peer = new(role);
        peer.SayHello(Given.Hello(1));
        peer.AssertRefused(DisconnectReason.SelfConnection);
    }

    [Fact]
    public void A_second_hello_is_refused_before_and_after_ready()
    {
        FakePeer before = new();
        before.SayHello();
        before.SayHello();
        before.AssertRefused(DisconnectReason.UnexpectedFrame);

        FakePeer after = FakePeer.Ready();
        after.SayHello();
        after.AssertRefused(DisconnectReason.UnexpectedFrame);

        FakePeer ack = FakePeer.Ready(SessionRole.Initiator);
        ack.SayHello();
        ack.AssertRefused(DisconnectReason.UnexpectedFrame);
    }

    [Fact]
    public void A_second_ready_is_refused()
    {
        FakePeer peer = FakePeer.Ready();
        peer.Say(FrameKind.Ready);
        peer.AssertRefused(DisconnectReason.UnexpectedFrame);
    }

    [Theory]
    [InlineData(FrameKind.HelloAck, 1)]
    [InlineData(FrameKind.Ready, 0)]
    [InlineData(FrameKind.Ping, 0)]
    [InlineData(FrameKind.Pong, 0)]
    [InlineData(FrameKind.Credit, 9)]
    [InlineData(FrameKind.Goodbye, 2)]
    [InlineData(FrameKind.GoodbyeAck, 0)]
    [InlineData(FrameKind.Cancel, 0)]
    [InlineData(FrameKind.Reset, 3)]
    [InlineData(FrameKind.Request, 4)]
    [InlineData(FrameKind.Response, 4)]
    [InlineData(FrameKind.Error, 4)]
    [InlineData(FrameKind.Notify, 4)]
    [InlineData(FrameKind.Broadcast, 40)]
    public void Any_frame_before_the_hello_is_refused(FrameKind kind, int length)
    {
        FrameFlags lane = FrameRules.CarriesMessage(kind)
            || kind == FrameKind.Error ? (FrameFlags)Lane.Normal : FrameFlags.None;
        FakePeer peer = new();
        peer.Say(kind, new byte[length], flags: lane);
        peer.AssertRefused(DisconnectReason.UnexpectedFrame);
    }

    [Theory]
    [InlineData(FrameKind.Hello)]
    [InlineData(FrameKind.Ping)]
    [InlineData(FrameKind.Ready)]
    public void An_initiator_accepts_only_the_answer_to_its_hello(FrameKind kind)
    {
        FakePeer peer = new(SessionRole.Initiator);
        peer.Say(kind, kind == FrameKind.Hello ? FakePeer.Encode(Given.Hello(2)) : []);
        peer.AssertRefused(DisconnectReason.UnexpectedFrame);
    }

    [Theory]
    [InlineData("GET / HTTP/1.1\r\nHost: example.org\r\n\r\n")]
    [InlineData("POST /rpc HTTP/1.1\r\n\r\n")]
    [InlineData("SSH-2.0-OpenSSH_9.6\r\n")]
    [InlineData("\u0016\u0003\u0001\u0002\0\u0001\0\u0001\u00fc\u0003\u0003\0\0\0\0\0\0\0\0\0")]
    [InlineData("\u0016\u0003\u0001\u0002\u0001\u0001\0\u0001\u00fc\u0003\u0003\0\0\0\0\0\0\0\0\0")]
    [InlineData("\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0")]
    [InlineData("\0\0\0\0\u0077\0\0\0\0\0\0\0\0\0\0\0")]
    public void Another_protocol_is_recognised_by_its_first_bytes(string first)
    {
        FakePeer peer = new();
        peer.SayRaw(System.Text.Encoding.Latin1.GetBytes(first));
        peer.AssertRefused(DisconnectReason.NotThisProtocol);
    }

    [Fact]
    public void Half_a_header_is_waited_for_no_longer_than_the_handshake()
    {
        FakePeer peer = new();
        peer.SayRaw(FakePeer.Encode(FrameKind.Hello, [])[..8]);
        Assert.Equal(SessionState.AwaitingHello, peer.Session.State);
        peer.NextTimer();
        peer.AssertRefused(DisconnectReason.HandshakeTimeout);
    }

    [Fact]
    public void A_hello_that_does_not_parse_is_refused()
    {
        FakePeer peer = new();
        peer.Say(FrameKind.Hello, [0xff]);
        peer.AssertRefused(DisconnectReason.InvalidHello);
    }

    [Fact]
    public void An_empty_hello_is_refused_for_its_length()
    {
        FakePeer peer = new();
        peer.Say(FrameKind.Hello);
        peer.AssertRefused(DisconnectReason.InvalidLength);
    }

    [Fact]
    public void An_initiator_that_is_refused_learns_why()
    {
        FakePeer peer = new(SessionRole.Initiator);
        peer.Session.Send(peer.Now, Given.Owned(FrameKind.Request, 1, 10, out SharedBuffer buffer));
        peer.Say(FrameKind.Goodbye, CodedText.Encode((ushort)DisconnectReason.TooManyConnections, "full"));

        Assert.True(peer.Ended);
        Assert.True(Given.IsReleased(buffer));
        peer.Session.OnTransportClosed(DisconnectReason.ConnectionLost, "");
        peer.Pump();
        Assert.Equal(new Disconnect(DisconnectReason.TooManyConnections, DisconnectSide.Remote, "full"), peer.End.End);
    }

    [Theory]
    [InlineData(SessionRole.Initiator)]
    [InlineData(SessionRole.Responder)]
    public void A_close_before_ready_refuses_the_peer(object anyRole)
    {
        SessionRole role = (SessionRole)anyRole;
        FakePeer peer = new(role);
        peer.Session.Close(peer.Now, DisconnectReason.TooManyConnections, "full");
        peer.Pump();
        peer.AssertRefused(DisconnectReason.TooManyConnections);
    }

    [Fact]
    public void A_session_refuses_a_hello_with_other_bounds()
    {
        MemoryBudget memory = Given.Memory();
        Assert.Throws<ArgumentException>(() => new PeerSession(SessionRole.Initiator,
            Given.Hello(1) with { MaxRequests = 9999 }, Given.Settings, memory, 1));
        Assert.Throws<ArgumentException>(() => new PeerSession(SessionRole.Initiator,
            Given.Hello(1) with { CreditWindows = [1, 2, 3, 4] }, Given.Settings, memory, 1));
        Assert.Throws<ArgumentException>(() => new PeerSession(SessionRole.Initiator,
            Given.Hello(1) with { MaxMessage = 70_000 }, Given.Settings, memory, 1));
    }
}
