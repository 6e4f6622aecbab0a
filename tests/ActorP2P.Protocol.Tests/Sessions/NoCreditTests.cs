namespace ActorP2P.Protocol.Tests;

/// <summary>A peer that reads everything and grants no more credit.</summary>
public class NoCreditTests
{
    private static readonly TimeSpan Patience = Given.Settings.CreditTimeout;

    [Theory]
    [InlineData(FrameKind.Notify)]
    [InlineData(FrameKind.Request)]
    [InlineData(FrameKind.Broadcast)]
    public void Messages_that_wait_sixty_seconds_for_credit_end_the_session(FrameKind kind)
    {
        FakePeer peer = FakePeer.Ready();
        SharedBuffer waiting = FillWindow(peer, kind);
        TimeSpan since = peer.Now;
        peer.Now += TimeSpan.FromSeconds(59);
        peer.Say(FrameKind.Ping, id: 1);
        peer.NextTimer();

        Assert.Equal(since + Patience, peer.Now);
        peer.AssertRefused(DisconnectReason.NoCredit);
        Assert.True(Given.IsReleased(waiting));
    }

    [Fact]
    public void A_peer_that_takes_a_byte_a_second_is_ended_too()
    {
        FakePeer peer = FakePeer.Ready();
        peer.Session.Send(peer.Now, Given.Message(FrameKind.Notify, 0, 60_000));
        peer.End.WriterIsBlocked = true;
        for (int second = 0; second < 60; second++)
        {
            Assert.Equal(SessionState.Ready, peer.Session.State);
            peer.Session.OnWriterProgress();
            peer.Session.OnTimer(peer.Now);
            peer.Session.OnWriterBlocked(peer.Now);
            peer.Now += TimeSpan.FromSeconds(1);
        }

        peer.Session.OnWriterProgress();
        peer.Session.OnTimer(peer.Now);
        peer.End.WriterIsBlocked = false;
        peer.Pump();
        peer.AssertRefused(DisconnectReason.SlowReader);
    }

    [Fact]
    public void Credit_for_a_frame_restarts_the_time()
    {
        FakePeer peer = FakePeer.Ready();
        FillWindow(peer, FrameKind.Notify);
        FillWindow(peer, FrameKind.Notify);
        peer.Now += TimeSpan.FromSeconds(59);
        long limit = peer.Session.SendingCredit.Limit(CreditClass.Notify) + SessionSettings.MinCreditWindow;
        peer.Say(FrameKind.Credit, Credit(CreditClass.Notify, limit));
        Assert.Equal(peer.Now + Patience, peer.Session.Deadline);
    }

    [Fact]
    public void Credit_too_small_for_a_frame_does_not_restart_the_time()
    {
        FakePeer peer = FakePeer.Ready();
        FillWindow(peer, FrameKind.Notify);
        TimeSpan since = peer.Now;
        peer.Now += TimeSpan.FromSeconds(59);
        peer.Say(
            FrameKind.Credit, Credit(CreditClass.Notify, peer.Session.SendingCredit.Limit(CreditClass.Notify) + 1));
        peer.Say(FrameKind.Credit, Credit(CreditClass.Request, 1 << 30));
        Assert.Equal(since + Patience, peer.Session.Deadline);
    }

    [Fact]
    public void Requests_beyond_the_peers_limit_do_not_end_the_session()
    {
        FakePeer peer = FakePeer.Ready();
        for (ulong id = 1; id <= 300; id++)
        {
            peer.Session.Send(peer.Now, Given.Message(FrameKind.Request, id, 1));
        }

        peer.Pump();
        Assert.NotEqual(0, peer.Session.QueuedBytes);
        peer.NextTimer();
        peer.Say(FrameKind.Pong, id: peer.Heard(FrameKind.Ping).Single().Header.Id);
        Assert.Equal(SessionState.Ready, peer.Session.State);
        Assert.Equal(peer.Now + TimeSpan.FromSeconds(60), peer.Session.Deadline);
    }

    [Fact]
    public void A_response_held_for_60_seconds_ends_the_session()
    {
        FakePeer peer = FakePeer.Ready();
        peer.Tell(FrameKind.Request, 5, [1]);
        peer.End.WriterIsBlocked = true;
        peer.Session.Respond(Given.Owned(FrameKind.Response, 5, 150_000, out SharedBuffer buffer));
        Assert.True(peer.Session.TryGetFrame(peer.Now, out _));
        peer.Session.OnFrameWritten();
        peer.Say(FrameKind.Reset, [(byte)FrameKind.Response, 0, (byte)ResetReason.Hold], 5);
        peer.End.WriterIsBlocked = false;
        peer.Pump();
        peer.Now += Patience;
        peer.Session.OnTimer(peer.Now);
        peer.Pump();

        peer.AssertRefused(DisconnectReason.NoCredit);
        Assert.True(Given.IsReleased(buffer));
    }

    /// <summary>Uses up all credit of a class.</summary>
    /// <returns>The buffer of a message that waits for more credit.</returns>
    private static SharedBuffer FillWindow(FakePeer peer, FrameKind kind)
    {
        SharedBuffer last = null!;
        for (ulong id = 1; id <= 5; id++)
        {
            peer.Session.Send(peer.Now, Given.Owned(kind, id, 60_000, out last));
        }

        peer.Pump();
        return last;
    }

    private static byte[] Credit(CreditClass creditClass, long limit)
    {
        byte[] payload = new byte[FrameRules.CreditEntry];
        payload[0] = (byte)creditClass;
        System.Buffers.Binary.BinaryPrimitives.WriteInt64BigEndian(payload.AsSpan(1), limit);
        return payload;
    }
}
