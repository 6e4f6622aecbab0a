namespace ActorP2P.Protocol.Tests;

public class TaggedHeadersTests
{
    private static readonly byte[] Trace = [0x0b, 25, .. Enumerable.Range(0, 25).Select(i => (byte)i)];

    [Fact]
    public void Headers_end_with_their_end_tag_and_unknown_ones_are_skipped()
    {
        byte[] headers = [.. Trace, 0x10, 0x64, 0x52, 0x01, 0x41, 0x04];
        Assert.True(TaggedHeaders.TryRead([.. headers, 0xff, 0xff], out int consumed, out _));
        Assert.Equal(headers.Length, consumed);
    }

    [Fact]
    public void Every_truncation_is_refused()
    {
        byte[] headers = [.. Trace, 0x10, 0x64, 0x04];
        for (int length = 0; length < headers.Length; length++)
        {
            Assert.False(TaggedHeaders.TryRead(headers.AsSpan(0, length), out _, out _), $"cut to {length}");
        }
    }

    [Theory]
    [InlineData("05")]
    [InlineData("0000")]
    [InlineData("0b0104")]
    [InlineData("0a0104")]
    [InlineData("108efefeff0004")]
    [InlineData("110504")]
    [InlineData("0704")]
    public void A_value_of_the_wrong_form_is_refused(string hex) =>
        Assert.False(TaggedHeaders.TryRead(Convert.FromHexString(hex), out _, out _), hex);

    [Fact]
    public void Headers_longer_than_a_kibibyte_are_refused()
    {
        byte[] filler = [0x53, 0x86, 0x68, .. new byte[1000]];
        Assert.True(TaggedHeaders.TryRead([.. filler, 0x04], out _, out _));
        Assert.False(TaggedHeaders.TryRead([.. filler, .. Trace, 0x04], out _, out _));
    }
}
