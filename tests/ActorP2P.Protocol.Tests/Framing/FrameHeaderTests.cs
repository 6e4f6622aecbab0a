using FsCheck;
using FsCheck.Fluent;

namespace ActorP2P.Protocol.Tests;

public class FrameHeaderTests
{
    [Fact]
    public void A_header_is_sixteen_bytes_in_network_order()
    {
        byte[] bytes = new byte[FrameHeader.Size];
        new FrameHeader(0x01020304, FrameKind.Request, (FrameFlags)0x16, 0x0506, 0x0708090a0b0c0d0e).Write(bytes);
        Assert.Equal("010203041016" + "0506" + "0708090a0b0c0d0e", Convert.ToHexStringLower(bytes));
    }

    [Fact]
    public void Any_sixteen_bytes_read_as_a_header_and_write_back() =>
        Prop.ForAll(ArbMap.Default.GeneratorFor<byte>().ArrayOf(FrameHeader.Size).ToArbitrary(), bytes =>
        {
            byte[] again = new byte[FrameHeader.Size];
            FrameHeader.Read(bytes).Write(again);
            return again.AsSpan().SequenceEqual(bytes);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Flags_name_the_lane_and_whether_it_is_a_fragment()
    {
        Assert.Equal(Lane.Bulk, new FrameHeader(0, FrameKind.Notify, (FrameFlags)0x13, 0, 0).Lane);
        Assert.False(new FrameHeader(0, FrameKind.Notify, (FrameFlags)0x13, 0, 0).IsFragment);
        Assert.True(new FrameHeader(0, FrameKind.Notify, (FrameFlags)0x08, 0, 0).IsFragment);
        Assert.True(new FrameHeader(0, FrameKind.Notify, (FrameFlags)0x04, 0, 0).IsFragment);
    }
}
