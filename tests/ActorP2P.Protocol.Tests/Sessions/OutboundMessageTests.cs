namespace ActorP2P.Protocol.Tests;

public class OutboundMessageTests
{
    [Theory]
    [InlineData(FrameKind.Ping)]
    [InlineData(FrameKind.Hello)]
    [InlineData(FrameKind.Cancel)]
    public void Only_kinds_that_carry_messages_can_be_queued(FrameKind kind) =>
        Assert.Throws<ArgumentOutOfRangeException>(
        () => new OutboundMessage(kind, 0, 0, Lane.Normal, default, null));

    [Fact]
    public void The_control_lane_is_the_sessions_own() => Assert.Throws<ArgumentOutOfRangeException>(
        () => new OutboundMessage(FrameKind.Notify, 0, 0, Lane.Control, default, null));

    [Theory]
    [InlineData(0, 1)]
    [InlineData(0, 259)]
    [InlineData(1, 2)]
    public void An_error_is_a_code_and_a_short_text_without_a_type(ushort type, int length) =>
        Assert.Throws<ArgumentException>(
        () => new OutboundMessage(FrameKind.Error, type, 0, Lane.Normal, new byte[length], null));

    [Theory]
    [InlineData(24, 1)]
    [InlineData(25, 0)]
    [InlineData(25, 33)]
    public void A_broadcast_begins_with_a_head_within_the_hop_limit(int length, byte hops)
    {
        byte[] body = new byte[length];
        body[^1] = hops;
        Assert.Throws<ArgumentException>(() => new OutboundMessage(FrameKind.Broadcast, 1, 0, Lane.Normal, body, null));
    }
}
