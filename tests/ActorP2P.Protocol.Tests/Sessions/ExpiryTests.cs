namespace ActorP2P.Protocol.Tests;

public class ExpiryTests
{
    [Theory]
    [InlineData(10)]
    [InlineData(SessionSettings.MaxFragment - 8)]
    [InlineData(SessionSettings.MaxFragment - 7)]
    [InlineData(SessionSettings.MaxFragment - 3)]
    [InlineData(SessionSettings.MaxFragment)]
    [InlineData(200_000)]
    public void A_message_of_any_length_carries_its_expiry(int length)
    {
        SessionPair pair = SessionPair.Ready();
        Send(pair, length, pair.Now + TimeSpan.FromSeconds(3));
        pair.Settle();

        Happening notify = pair.Responder.Only(FrameKind.Notify);
        Assert.Equal(Given.Bytes(length), notify.Body);
        TimeSpan sent = notify.Message.Expires!.Value - TimeSpan.FromSeconds(3);
        Assert.InRange(sent, pair.Now - TimeSpan.FromMilliseconds(10), pair.Now);
        Assert.Equal(pair.Initiator.Session.SendingCredit.Used(CreditClass.Notify),
            pair.Responder.Session.ReceivingCredit.Used(CreditClass.Notify));
    }

    [Fact]
    public void An_expired_message_is_dropped_and_later_ones_are_sent()
    {
        SessionPair pair = SessionPair.Ready();
        Send(pair, 10, pair.Now + TimeSpan.FromSeconds(1));
        Send(pair, 11, null);
        pair.Skip(TimeSpan.FromSeconds(1));
        pair.Settle();

        Assert.Equal(11, pair.Responder.Only(FrameKind.Notify).Body.Length);
        Assert.Equal(FrameKind.Notify, pair.Initiator.Only<SessionEvent.MessageExpired>().Kind);
        Assert.Equal((1, 0), (pair.Initiator.Session.Counters.ExpiredMessages, pair.Initiator.Session.QueuedBytes));
    }

    [Fact]
    public void An_expired_message_leaves_its_lane_without_credit()
    {
        FakePeer peer = FakePeer.Ready();
        for (int i = 0; i < 5; i++)
        {
            peer.Session.Send(peer.Now, Given.Message(FrameKind.Notify, 0, 60_000));
        }

        peer.Pump();
        long waiting = peer.Session.QueuedBytes;
        Assert.True(waiting > 0);
        peer.Session.Send(peer.Now, FrameKind.Request, 0x0101, 7, Lane.Normal, Given.Bytes(10), null, peer.Now);
        Assert.False(peer.Session.TryGetFrame(peer.Now, out _));
        peer.Pump();
        Assert.Equal(7UL, peer.End.Only<SessionEvent.MessageExpired>().Id);
        Assert.Equal(waiting, peer.Session.QueuedBytes);
    }

    [Fact]
    public void A_message_expires_in_time_while_nothing_else_happens()
    {
        FakePeer peer = FakePeer.Ready();
        for (int i = 0; i < 6; i++)
        {
            peer.Session.Send(peer.Now, Given.Message(FrameKind.Notify, 0, 60_000));
        }

        peer.Pump();
        long waiting = peer.Session.QueuedBytes;
        TimeSpan start = peer.Now;
        peer.Session.Send(
            peer.Now, FrameKind.Notify, 0x0101, 0, Lane.Normal, Given.Bytes(10), null, start + TimeSpan.FromSeconds(3));
        peer.Session.Send(
            peer.Now, FrameKind.Notify, 0x0101, 0, Lane.Normal, Given.Bytes(10), null, start + TimeSpan.FromSeconds(2));
        peer.NextTimer();
        Assert.Equal((TimeSpan.FromSeconds(2), 1), (peer.Now - start, peer.End.Count<SessionEvent.MessageExpired>()));
        peer.NextTimer();
        Assert.Equal((TimeSpan.FromSeconds(3), 2), (peer.Now - start, peer.End.Count<SessionEvent.MessageExpired>()));
        Assert.Equal((waiting, 2), (peer.Session.QueuedBytes, peer.Session.Counters.ExpiredMessages));
        peer.NextTimer();
        Assert.True(peer.Now - start > TimeSpan.FromSeconds(50));
    }

    [Fact]
    public void A_message_whose_sending_has_begun_is_sent_in_full()
    {
        SessionPair pair = SessionPair.Ready();
        Send(pair, 100_000, pair.Now + TimeSpan.FromSeconds(1));
        Assert.True(pair.Initiator.Session.TryGetFrame(pair.Now, out OutboundFrame frame));
        Assert.Equal(FrameFlags.Tagged, frame.Header.Flags & FrameFlags.Tagged);
        pair.Initiator.Session.OnFrameWritten();
        Assert.True(pair.Initiator.Session.TryGetFrame(pair.Now + TimeSpan.FromSeconds(2), out OutboundFrame second));
        Assert.Equal(frame.Header.Id, second.Header.Id);
    }

    [Theory]
    [InlineData(0u)]
    [InlineData(1u)]
    [InlineData(1000u)]
    [InlineData(uint.MaxValue)]
    public void An_expiry_reads_back_as_it_was_written(uint milliseconds)
    {
        byte[] bytes = new byte[TaggedHeaders.MaxExpirySize];
        int length = TaggedHeaders.WriteExpiry(bytes, milliseconds);
        Assert.True(TaggedHeaders.TryRead(bytes.AsSpan(0, length), out int consumed, out uint? read));
        Assert.Equal((length, milliseconds), (consumed, read!.Value));
    }

    private static void Send(SessionPair pair, int length, TimeSpan? expires) => Assert.Equal(SendResult.Accepted,
        pair.Initiator.Session.Send(
            pair.Now, FrameKind.Notify, 0x0101, 0, Lane.Normal, Given.Bytes(length), null, expires));
}
