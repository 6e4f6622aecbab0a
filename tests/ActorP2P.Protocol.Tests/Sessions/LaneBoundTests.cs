namespace ActorP2P.Protocol.Tests;

/// <summary>For a lane the send queue is full only because of messages of the same or a higher priority.</summary>
public class LaneBoundTests
{
    private static readonly int s_bound = Given.Settings.MaxQueued;

    [Theory]
    [InlineData(Lane.High, true, true, true)]
    [InlineData(Lane.Normal, false, true, true)]
    [InlineData(Lane.Bulk, false, false, true)]
    public void A_full_lane_blocks_messages_of_equal_or_less_urgency(Lane full, bool high, bool normal, bool bulk)
    {
        FakePeer peer = FakePeer.Ready();
        Assert.Equal(SendResult.Accepted, Send(peer, full, s_bound));

        Assert.Equal(high, Send(peer, Lane.High, 1) == SendResult.QueueFull);
        Assert.Equal(normal, Send(peer, Lane.Normal, 1) == SendResult.QueueFull);
        Assert.Equal(bulk, Send(peer, Lane.Bulk, 1) == SendResult.QueueFull);
    }

    [Fact]
    public void A_sent_message_makes_room_for_another()
    {
        FakePeer peer = FakePeer.Ready();
        Send(peer, Lane.Normal, s_bound);
        Assert.Equal((0, s_bound + CreditBook.PerMessage),
            (peer.Session.QueuedBytesFor(Lane.High), peer.Session.QueuedBytesFor(Lane.Bulk)));
        peer.Pump();
        peer.Say(FrameKind.Reset, [(byte)FrameKind.Notify, 0, (byte)ResetReason.NoRoom], 1);
        Assert.Equal(0, peer.Session.QueuedBytesFor(Lane.Bulk));
        Assert.Equal(SendResult.Accepted, Send(peer, Lane.Normal, 1));
    }

    private static SendResult Send(FakePeer peer, Lane lane, int length) =>
        peer.Session.Send(peer.Now, Given.Message(FrameKind.Notify, 0, length, lane));
}
