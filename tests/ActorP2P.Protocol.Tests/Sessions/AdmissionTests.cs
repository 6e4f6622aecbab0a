namespace ActorP2P.Protocol.Tests;

/// <summary>A session whose host says whether the peer is admitted.</summary>
public sealed class AdmissionTests
{
    [Fact]
    public void A_hello_is_answered_when_the_host_admits_the_peer()
    {
        FakePeer peer = new(asksHost: true);
        peer.SayHello();

        peer.End.Only<SessionEvent.AdmissionAsked>();
        Assert.Equal(SessionState.AwaitingAdmission, peer.Session.State);
        Assert.Empty(peer.End.Wrote);
        Assert.NotNull(peer.Session.RemoteHello);

        peer.Session.OnAdmitted(peer.Now);
        peer.Pump();
        peer.Say(FrameKind.Ready);

        Assert.Single(peer.Heard(FrameKind.HelloAck));
        Assert.Equal(SessionState.Ready, peer.Session.State);
    }

    [Fact]
    public void The_time_of_the_host_is_no_part_of_the_round_trip()
    {
        FakePeer peer = new(SessionRole.Initiator, asksHost: true);
        peer.Now += TimeSpan.FromMilliseconds(30);
        peer.SayHello();
        peer.Now += TimeSpan.FromSeconds(4);

        peer.Session.OnAdmitted(peer.Now);
        peer.Pump();

        Assert.Single(peer.Heard(FrameKind.Ready));
        Assert.Equal(TimeSpan.FromMilliseconds(30), peer.Session.RoundTrip);
    }

    [Theory]
    [InlineData(SessionRole.Initiator)]
    [InlineData(SessionRole.Responder)]
    public void A_host_that_does_not_answer_ends_with_the_handshakes_limit(object anyRole)
    {
        FakePeer peer = new((SessionRole)anyRole, asksHost: true);
        TimeSpan begun = peer.Now;
        peer.Now += TimeSpan.FromSeconds(1);
        peer.SayHello();

        Assert.Equal(begun + TimeSpan.FromSeconds(10), peer.Session.Deadline);
        peer.NextTimer();

        peer.AssertRefused(DisconnectReason.HandshakeTimeout);
        peer.Session.OnAdmitted(peer.Now);
        Assert.Equal(SessionState.Closed, peer.Session.State);
    }

    [Fact]
    public void A_host_is_not_asked_about_a_peer_that_is_refused_anyway()
    {
        FakePeer peer = new(asksHost: true);

        peer.SayHello(Given.Hello(2) with { NetworkId = "othernet" });

        peer.AssertRefused(DisconnectReason.WrongNetwork);
        Assert.Equal(0, peer.End.Count<SessionEvent.AdmissionAsked>());
    }

    [Fact]
    public void A_close_while_the_host_thinks_refuses_the_peer()
    {
        FakePeer peer = new(asksHost: true);
        peer.SayHello();

        peer.Session.Close(peer.Now, DisconnectReason.ShuttingDown, "");
        peer.Pump();

        peer.AssertRefused(DisconnectReason.ShuttingDown);
    }
}
