namespace ActorP2P.Protocol.Tests;

public class KeepAliveTests
{
    [Fact]
    public void A_ping_after_60_seconds_of_silence_measures_a_round_trip()
    {
        SessionPair pair = SessionPair.Ready(latency: TimeSpan.FromMilliseconds(40));
        pair.Advance(TimeSpan.FromSeconds(59));
        Assert.DoesNotContain(pair.Initiator.Wrote, frame => frame.Header.Kind == FrameKind.Ping);
        pair.Advance(TimeSpan.FromSeconds(2));

        Assert.Contains(pair.Initiator.Wrote, frame => frame.Header.Kind == FrameKind.Ping);
        Assert.Equal(TimeSpan.FromMilliseconds(80), pair.Initiator.Session.RoundTrip);
    }

    [Fact]
    public void Two_idle_peers_stay_connected_for_a_day()
    {
        SessionPair pair = SessionPair.Ready();
        pair.Advance(TimeSpan.FromDays(1));
        Assert.Equal(SessionState.Ready, pair.Initiator.Session.State);
        Assert.Equal(SessionState.Ready, pair.Responder.Session.State);
        Assert.True(pair.Initiator.Wrote.Count(frame => frame.Header.Kind == FrameKind.Ping) <= 24 * 60);
    }

    [Fact]
    public void A_peer_that_answers_no_ping_is_dropped_after_30_seconds()
    {
        FakePeer peer = FakePeer.Ready();
        TimeSpan silent = peer.Now;
        peer.NextTimer();
        Assert.Equal(silent + TimeSpan.FromSeconds(60), peer.Now);
        Assert.Single(peer.Heard(FrameKind.Ping));
        peer.NextTimer();

        Assert.Equal(silent + TimeSpan.FromSeconds(90), peer.Now);
        peer.AssertRefused(DisconnectReason.PingTimeout);
    }

    [Fact]
    public void The_time_for_a_pong_may_follow_the_round_trip()
    {
        FakePeer peer = FakePeer.Ready(
            settings: Given.Settings with { LeastPongTimeout = TimeSpan.FromSeconds(1) });
        peer.NextTimer();
        Assert.Equal(peer.Now + TimeSpan.FromSeconds(1), peer.Session.Deadline);
        peer.Now += TimeSpan.FromMilliseconds(500);
        peer.Say(FrameKind.Pong, id: peer.Heard(FrameKind.Ping).Single().Header.Id);
        peer.NextTimer();

        // The mean is an eighth of half a second, the variation a quarter: 8 * (62.5 ms + 4 * 125 ms).
        Assert.Equal(TimeSpan.FromSeconds(4.5), peer.Session.PongTimeout);
        Assert.Equal(peer.Now + TimeSpan.FromSeconds(4.5), peer.Session.Deadline);
        peer.NextTimer();

        peer.AssertRefused(DisconnectReason.PingTimeout);
    }

    [Fact]
    public void A_pong_with_another_nonce_is_ignored()
    {
        FakePeer peer = FakePeer.Ready();
        peer.NextTimer();
        ulong nonce = peer.Heard(FrameKind.Ping).Single().Header.Id;
        TimeSpan? measured = peer.Session.RoundTrip;
        peer.Now += TimeSpan.FromSeconds(1);
        peer.Say(FrameKind.Pong, id: nonce + 1);
        peer.Say(FrameKind.Notify, [1], flags: (FrameFlags)Lane.Normal);
        Assert.Equal(measured, peer.Session.RoundTrip);
        peer.NextTimer();

        peer.AssertRefused(DisconnectReason.PingTimeout);
    }

    [Fact]
    public void Any_frame_postpones_the_next_ping()
    {
        FakePeer peer = FakePeer.Ready();
        peer.Now += TimeSpan.FromSeconds(50);
        peer.Tell(FrameKind.Notify, 1, [1]);
        Assert.Equal(peer.Now + TimeSpan.FromSeconds(60), peer.Session.Deadline);
    }

    [Fact]
    public void A_timer_that_fires_early_does_nothing()
    {
        FakePeer peer = FakePeer.Ready();
        peer.Session.OnTimer(peer.Now + TimeSpan.FromSeconds(59));
        peer.Pump();
        Assert.Empty(peer.Heard(FrameKind.Ping));
    }

    [Fact]
    public void A_ping_is_answered_with_its_nonce()
    {
        FakePeer peer = FakePeer.Ready();
        peer.Say(FrameKind.Ping, id: ulong.MaxValue);
        Assert.Equal(ulong.MaxValue, peer.Heard(FrameKind.Pong).Single().Header.Id);
    }

    [Fact]
    public void Eight_pongs_wait_at_most_and_further_pings_go_unanswered()
    {
        FakePeer peer = FakePeer.Ready();
        peer.End.WriterIsBlocked = true;
        for (ulong nonce = 1; nonce <= 1000; nonce++)
        {
            peer.Say(FrameKind.Ping, id: nonce);
        }

        peer.End.WriterIsBlocked = false;
        peer.Pump();
        Assert.Equal([1, 2, 3, 4, 5, 6, 7, 8], peer.Heard(FrameKind.Pong).Select(frame => (int)frame.Header.Id));

        peer.Say(FrameKind.Ping, id: 9999);
        Assert.Equal(9999UL, peer.Heard(FrameKind.Pong).Last().Header.Id);
    }

    [Fact]
    public void A_peer_that_takes_nothing_for_ten_seconds_is_dropped()
    {
        FakePeer peer = FakePeer.Ready();
        peer.Session.Send(peer.Now, Given.Owned(FrameKind.Notify, 0, 1000, out SharedBuffer buffer));
        peer.Session.OnWriterBlocked(peer.Now);
        peer.Session.OnWriterBlocked(peer.Now + TimeSpan.FromSeconds(5));
        Assert.Equal(peer.Now + TimeSpan.FromSeconds(10), peer.Session.Deadline);
        peer.NextTimer();

        peer.AssertRefused(DisconnectReason.SlowReader);
        Assert.True(Given.IsReleased(buffer));
    }

    [Fact]
    public void Progress_of_the_writer_restarts_the_ten_seconds()
    {
        FakePeer peer = FakePeer.Ready();
        peer.Session.OnWriterBlocked(peer.Now);
        peer.Session.OnWriterProgress();
        Assert.Equal(peer.Now + TimeSpan.FromSeconds(60), peer.Session.Deadline);
        peer.Session.OnWriterBlocked(peer.Now + TimeSpan.FromSeconds(9));
        Assert.Equal(peer.Now + TimeSpan.FromSeconds(19), peer.Session.Deadline);
    }

    [Fact]
    public void A_probe_is_told_when_its_own_pong_arrives()
    {
        FakePeer peer = FakePeer.Ready();
        peer.Session.Probe(peer.Now);
        peer.Pump();
        ulong nonce = peer.Heard(FrameKind.Ping).Single().Header.Id;
        peer.Now += TimeSpan.FromMilliseconds(30);
        peer.Say(FrameKind.Pong, id: nonce + 1);
        Assert.Equal(0, peer.End.Count<SessionEvent.Answered>());
        peer.Say(FrameKind.Pong, id: nonce);

        peer.End.Only<SessionEvent.Answered>();
        Assert.Equal(TimeSpan.FromMilliseconds(30), peer.Session.RoundTrip);
    }

    [Fact]
    public void Probes_do_not_postpone_the_end_of_a_silent_peer()
    {
        FakePeer peer = FakePeer.Ready();
        peer.NextTimer();
        peer.Now += TimeSpan.FromSeconds(29);
        peer.Session.Probe(peer.Now);
        peer.NextTimer();

        peer.AssertRefused(DisconnectReason.PingTimeout);
    }
}
