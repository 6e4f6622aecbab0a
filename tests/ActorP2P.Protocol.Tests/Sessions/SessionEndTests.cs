namespace ActorP2P.Protocol.Tests;

/// <summary>How a session ends in each of its states, and the reason that it reports.</summary>
public class SessionEndTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(0xff)]
    [InlineData(0xee)]
    [InlineData(0x100)]
    [InlineData(0xffff)]
    public void A_reason_of_a_later_version_is_kept_in_the_detail(int code)
    {
        FakePeer peer = FakePeer.Ready();
        peer.Say(FrameKind.Goodbye, CodedText.Encode((ushort)code, "because"));
        peer.Session.OnTransportClosed(DisconnectReason.ConnectionLost, "");
        peer.Pump();
        Assert.Equal(DisconnectReason.OtherReason, peer.End.End!.Reason);
        Assert.Contains("because", peer.End.End.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void A_reason_that_only_this_node_can_see_is_not_sent_as_such()
    {
        FakePeer peer = FakePeer.Ready();
        peer.Session.Fail(peer.Now, DisconnectReason.InternalError, "a bug");
        peer.Pump();
        Assert.True(CodedText.TryRead(peer.Heard(FrameKind.Goodbye).Single().Payload, out ushort code, out _));
        Assert.Equal((ushort)DisconnectReason.OtherReason, code);
    }

    [Fact]
    public void A_goodbye_whose_text_is_not_utf8_is_malformed()
    {
        FakePeer peer = FakePeer.Ready();
        peer.Say(FrameKind.Goodbye, [0, 1, 0xff]);
        peer.AssertRefused(DisconnectReason.MalformedFrame);
    }

    [Fact]
    public void The_reason_is_final_once_the_stream_is_ending()
    {
        FakePeer peer = FakePeer.Ready();
        peer.Session.Close(peer.Now, DisconnectReason.ShuttingDown, "");
        peer.Say(FrameKind.GoodbyeAck);
        Assert.True(peer.Ended);
        peer.SayRaw(new byte[] { 0xff, 0xff, 0xff, 0xff, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0 });
        peer.Say(FrameKind.Ping, id: 1);
        peer.Session.Fail(peer.Now, DisconnectReason.Penalised, "");
        peer.Session.OnTransportClosed(DisconnectReason.ConnectionReset, "");
        peer.Pump();
        Assert.Equal(DisconnectReason.ShuttingDown, peer.End.End!.Reason);
        peer.End.Only<SessionEvent.Shutdown>();
        peer.End.Only<SessionEvent.Closed>();
    }

    [Theory]
    [InlineData(SessionState.AwaitingHello)]
    [InlineData(SessionState.AwaitingHelloAck)]
    [InlineData(SessionState.AwaitingReady)]
    [InlineData(SessionState.Ready)]
    [InlineData(SessionState.Draining)]
    [InlineData(SessionState.Refusing)]
    public void A_reset_in_any_state_ends_the_session_once(object anyState)
    {
        SessionState state = (SessionState)anyState;
        FakePeer peer = InState(state);
        Assert.Equal(state, peer.Session.State);
        peer.Session.OnTransportClosed(DisconnectReason.ConnectionReset, "reset by peer");
        peer.Session.OnTransportClosed(DisconnectReason.ConnectionReset, "again");
        peer.Session.OnTimer(peer.Now + TimeSpan.FromDays(1));
        peer.Session.Close(peer.Now, DisconnectReason.ShuttingDown, "");
        peer.Session.Fail(peer.Now, DisconnectReason.Penalised, "");
        peer.Pump();

        Assert.Equal(SessionState.Closed, peer.Session.State);
        peer.End.Only<SessionEvent.Closed>();
        DisconnectReason expected = state switch
        {
            SessionState.Draining => DisconnectReason.ShuttingDown,
            SessionState.Refusing => DisconnectReason.Penalised,
            _ => DisconnectReason.ConnectionReset,
        };
        Assert.Equal(expected, peer.End.End!.Reason);
        Assert.Equal(0, peer.Session.QueuedBytes);
        Assert.False(peer.Session.TryGetFrame(peer.Now, out _));
    }

    private static FakePeer InState(SessionState state)
    {
        if (state == SessionState.AwaitingHelloAck)
        {
            return new FakePeer(SessionRole.Initiator);
        }

        FakePeer peer = new();
        if (state >= SessionState.AwaitingReady)
        {
            peer.SayHello();
        }

        if (state >= SessionState.Ready)
        {
            peer.Say(FrameKind.Ready);
        }

        switch (state)
        {
            case SessionState.Draining:
                peer.Session.Close(peer.Now, DisconnectReason.ShuttingDown, "");
                break;
            case SessionState.Refusing:
                peer.Session.Fail(peer.Now, DisconnectReason.Penalised, "");
                break;
        }

        return peer;
    }
}
