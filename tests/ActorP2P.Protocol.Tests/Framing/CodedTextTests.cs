namespace ActorP2P.Protocol.Tests;

public class CodedTextTests
{
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
