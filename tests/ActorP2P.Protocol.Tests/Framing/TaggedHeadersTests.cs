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

    [Fact]
    public void A_trace_is_written_before_an_expiry_and_read_back()
    {
        byte[] context = [.. Enumerable.Range(0, 25).Select(i => (byte)i)];
        byte[] bytes = new byte[100];

        int length = TaggedHeaders.Write(bytes, milliseconds: 100, TaggedHeaders.EncodeTrace(context, "a=b"));

        Assert.Equal([.. Trace, 0x1b, 3, (byte)'a', (byte)'=', (byte)'b', 0x10, 0x64, 0x04], bytes[..length]);
        Assert.True(TaggedHeaders.TryRead(bytes, out int consumed, out uint? expiry, out bool hasTrace));
        Assert.Equal((length, 100u, true), (consumed, expiry, hasTrace));
        Assert.True(
            TaggedHeaders.TryReadTrace(bytes.AsSpan(0, length), out ReadOnlySpan<byte> read, out string? state));
        Assert.Equal(context, read.ToArray());
        Assert.Equal("a=b", state);
    }

    [Theory]
    [InlineData(0, false)]
    [InlineData(1, true)]
    [InlineData(512, true)]
    [InlineData(513, false)]
    public void A_trace_state_is_passed_on_whole_or_not_at_all(int length, bool isPassed)
    {
        byte[] headers = TaggedHeaders.EncodeTrace(new byte[25], new string('x', length));

        Assert.True(headers.Length <= TaggedHeaders.MaxSize - TaggedHeaders.MaxExpirySize);
        Assert.True(TaggedHeaders.TryReadTrace(headers, out _, out string? state));
        Assert.Equal(isPassed ? length : null, state?.Length);
    }

    [Theory]
    [InlineData("a=\n")]
    [InlineData("a=\u00e4")]
    public void A_trace_state_that_does_not_print_is_ignored(string text)
    {
        byte[] bytes = System.Text.Encoding.Latin1.GetBytes(text);
        byte[] written = [.. Trace, 0x1b, (byte)bytes.Length, .. bytes, 0x04];

        Assert.True(TaggedHeaders.TryReadTrace(written, out _, out string? read));
        Assert.Null(read);
        Assert.Equal(Trace, TaggedHeaders.EncodeTrace(Trace.AsSpan(2), text));
    }
}
