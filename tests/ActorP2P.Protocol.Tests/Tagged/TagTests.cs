using System.Buffers;
using FsCheck;
using FsCheck.Fluent;

namespace ActorP2P.Protocol.Tests;

public class TagTests
{
    private delegate void Writing(TagWriter writer);

    [Fact]
    public void Tags_are_written_as_published()
    {
        Assert.Equal("78b170", Hex(tags => tags.Write(15, 6512L)));
        Assert.Equal("f88001b170", Hex(tags => tags.Write(129, 6512L)));
    }

    [Fact]
    public void Every_type_is_written_as_described()
    {
        Assert.Equal("0800", Hex(tags => tags.Write(1, 0UL)));
        Assert.Equal("0905", Hex(tags => tags.Write(1, -5L)));
        Assert.Equal("1202c3a4", Hex(tags => tags.Write(2, "ä")));
        Assert.Equal("1b02aabb", Hex(tags => tags.Write(3, [0xaa, 0xbb])));
        Assert.Equal("0415", Hex(tags => { tags.Write(0, true); tags.Write(2, false); }));
        Assert.Equal("0e000000000000f83f", Hex(tags => tags.Write(1, 1.5)));
        Assert.Equal("f000", Hex(tags => tags.Write(30, 0UL)));
        Assert.Equal("f81f00", Hex(tags => tags.Write(31, 0UL)));
        Assert.Equal("fc8efefefe7f", Hex(tags => tags.Write(uint.MaxValue, true)));
    }

    [Theory]
    [InlineData(0L)]
    [InlineData(-1L)]
    [InlineData(long.MaxValue)]
    [InlineData(long.MinValue)]
    public void The_extreme_signed_numbers_read_back(long value)
    {
        TagReader tags = new(Write(writer => writer.Write(7, value)));
        Assert.True(tags.TryRead());
        Assert.True(tags.TryGet(out long read));
        Assert.Equal(value, read);
        Assert.False(tags.TryRead());
        Assert.True(tags.AtEnd);
    }

    [Fact]
    public void Every_written_value_reads_back() =>
        Prop.ForAll(
            ArbMap.Default.ArbFor<(uint Tag, long Number, string? Text, byte[]? Bytes, bool Truth, double Real)>(),
            given =>
        {
            string text = given.Text ?? "";
            byte[] bytes = given.Bytes ?? [];
            byte[] written = Write(writer =>
            {
                writer.Write(given.Tag, given.Number);
                writer.Write(given.Tag, text);
                writer.Write(given.Tag, bytes);
                writer.Write(given.Tag, given.Truth);
                writer.Write(given.Tag, given.Real);
            });
            return ReadsBack(written, given.Tag, given.Number, Wellformed(text), bytes, given.Truth, given.Real)
                && EveryTruncationEndsInTheMiddleOrBetween(written);
        }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData("07")]
    [InlineData("0f00")]
    [InlineData("08")]
    [InlineData("0a")]
    [InlineData("0a01")]
    [InlineData("0bff7f00")]
    [InlineData("0e00000000000000")]
    [InlineData("f8")]
    [InlineData("f880")]
    [InlineData("f88efefeff0000")]
    [InlineData("0b80fefefefefefefefe7f")]
    public void Malformed_bytes_are_refused_and_end_the_reading(string hex)
    {
        TagReader tags = new(Convert.FromHexString(hex));
        while (tags.TryRead())
        {
        }

        Assert.True(tags.IsMalformed);
        Assert.False(tags.AtEnd);
        Assert.False(tags.TryRead());
    }

    [Fact]
    public void A_value_is_given_only_as_the_type_it_has()
    {
        TagReader text = new(Write(writer => writer.Write(1, "a")));
        Assert.True(text.TryRead());
        Assert.False(text.TryGet(out ulong _));
        Assert.False(text.TryGet(out long _));
        Assert.False(text.TryGet(out bool _));
        Assert.False(text.TryGet(out double _));
        Assert.False(text.TryGet(out ReadOnlySpan<byte> _));
        Assert.True(text.TryGet(1, out string? read));
        Assert.Equal("a", read);
        Assert.False(text.TryGet(0, out _));
    }

    [Fact]
    public void A_text_that_is_not_utf8_is_refused()
    {
        TagReader tags = new([0x0a, 0x01, 0xff]);
        Assert.True(tags.TryRead());
        Assert.False(tags.TryGet(10, out string? _));
    }

    [Fact]
    public void Numbers_beyond_what_the_caller_takes_are_refused()
    {
        TagReader tags = new(Write(writer => writer.Write(1, ulong.MaxValue)));
        Assert.True(tags.TryRead());
        Assert.False(tags.TryGet(1000, out ulong _));
        Assert.False(tags.TryGet(out long _));
        Assert.True(tags.TryGet(out ulong value));
        Assert.Equal(ulong.MaxValue, value);
    }

    private static bool ReadsBack(
        byte[] written, uint tag, long number, string text, byte[] bytes, bool truth, double real)
    {
        TagReader tags = new(written);
        return tags.TryRead() && tags.Tag == tag && tags.TryGet(out long readNumber) && readNumber == number
            && tags.TryRead() && tags.TryGet(int.MaxValue, out string? readText) && readText == text
            && tags.TryRead() && tags.TryGet(out ReadOnlySpan<byte> readBytes) && readBytes.SequenceEqual(bytes)
            && tags.TryRead() && tags.TryGet(out bool readTruth) && readTruth == truth
            && tags.TryRead() && tags.TryGet(out double readReal) && readReal.Equals(real)
            && !tags.TryRead() && tags.AtEnd;
    }

    /// <summary>
    /// Whether fewer tags are read from a truncated text, and the reader reports every cut that is not between two
    /// tags.
    /// </summary>
    private static bool EveryTruncationEndsInTheMiddleOrBetween(byte[] written)
    {
        HashSet<int> ends = [0];
        TagReader whole = new(written);
        while (whole.TryRead())
        {
            ends.Add(whole.Consumed);
        }

        for (int length = 0; length < written.Length; length++)
        {
            TagReader tags = new(written.AsSpan(0, length));
            while (tags.TryRead())
            {
            }

            if (tags.AtEnd != ends.Contains(length) || tags.IsMalformed == tags.AtEnd)
            {
                return false;
            }
        }

        return true;
    }

    // A lone surrogate has no UTF-8 form; it is written as the replacement character.
    private static string Wellformed(string text) =>
        System.Text.Encoding.UTF8.GetString(System.Text.Encoding.UTF8.GetBytes(text));

    private static string Hex(Writing writing) => Convert.ToHexStringLower(Write(writing));

    private static byte[] Write(Writing writing)
    {
        ArrayBufferWriter<byte> output = new();
        writing(new TagWriter(output));
        return output.WrittenSpan.ToArray();
    }
}
