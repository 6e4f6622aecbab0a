namespace ActorP2P.Protocol.Tests;

public class FrameDecoderTests
{
    [Fact]
    public void Bytes_are_waited_for_until_the_frame_is_whole()
    {
        byte[] frame = FakePeer.Encode(FrameKind.Notify, [1, 2, 3], 9);
        for (int length = 0; length <= frame.Length; length++)
        {
            FrameDecoderStatus expected = length < FrameHeader.Size ? FrameDecoderStatus.NeedHeader
                : length < frame.Length ? FrameDecoderStatus.NeedPayload
                : FrameDecoderStatus.Complete;
            Assert.Equal(expected, FrameDecoder.TryRead(frame.AsSpan(0, length), 100, out FrameHeader header));
            Assert.Equal(length < FrameHeader.Size ? 0UL : 9UL, header.Id);
        }
    }

    [Theory]
    [InlineData(100, FrameDecoderStatus.NeedPayload)]
    [InlineData(101, FrameDecoderStatus.TooLong)]
    [InlineData(int.MaxValue, FrameDecoderStatus.TooLong)]
    [InlineData(1U + int.MaxValue, FrameDecoderStatus.TooLong)]
    [InlineData(uint.MaxValue, FrameDecoderStatus.TooLong)]
    public void The_header_alone_decides_about_the_length(uint length, object anyExpected)
    {
        FrameDecoderStatus expected = (FrameDecoderStatus)anyExpected;
        byte[] bytes = new byte[FrameHeader.Size];
        new FrameHeader(length, FrameKind.Notify, FrameFlags.None, 0, 0).Write(bytes);
        Assert.Equal(expected, FrameDecoder.TryRead(bytes, 100, out _));
    }

    [Fact]
    public void Bytes_after_a_frame_are_not_consumed()
    {
        byte[] two = [.. FakePeer.Encode(FrameKind.Ping, [], 1), .. FakePeer.Encode(FrameKind.Ping, [], 2)];
        Assert.Equal(FrameDecoderStatus.Complete, FrameDecoder.TryRead(two, 100, out FrameHeader first));
        Assert.Equal(1UL, first.Id);
    }
}
