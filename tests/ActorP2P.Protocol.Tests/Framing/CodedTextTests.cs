namespace ActorP2P.Protocol.Tests;

public class CodedTextTests
{
    [Theory]
    [InlineData("plain, naïve, 鎖, 🔗", "plain, naïve, 鎖, 🔗")]
    [InlineData("a\r\nb\0c\u001b[31m\u0085\u009b", "a\ufffd\ufffdb\ufffdc\ufffd[31m\ufffd\ufffd")]
    [InlineData("a\u202eb\u2028c\u2029d\ufeff", "a\ufffdb\ufffdc\ufffdd\ufffd")]
    public void Characters_that_do_not_print_are_replaced(string said, string read)
    {
        Assert.True(CodedText.TryRead(CodedText.Encode(1, said), out _, out string? text));
        Assert.Equal(read, text);
    }

    [Fact]
    public void A_code_and_a_text_read_back()
    {
        Assert.True(CodedText.TryRead(CodedText.Encode(0x1234, "größer"), out ushort code, out string? text));
        Assert.Equal((0x1234, "größer"), (code, text));
    }

    [Fact]
    public void A_long_text_is_cut_between_two_characters()
    {
        for (int offset = 0; offset < 4; offset++)
        {
            string text = new string('a', offset) + string.Concat(Enumerable.Repeat("\U0001f600", 100));
            byte[] payload = CodedText.Encode(1, text);
            Assert.InRange(payload.Length, 2 + CodedText.MaxText - 3, 2 + CodedText.MaxText);
            Assert.True(CodedText.TryRead(payload, out _, out string? read));
            Assert.StartsWith(read, text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Less_than_a_code_and_a_text_that_is_not_utf8_are_refused()
    {
        Assert.False(CodedText.TryRead([], out _, out _));
        Assert.False(CodedText.TryRead([1], out _, out _));
        Assert.True(CodedText.TryRead([1, 2], out _, out string? text));
        Assert.Empty(text);
        Assert.False(CodedText.TryRead([1, 2, 0xc3], out _, out _));
    }
}
