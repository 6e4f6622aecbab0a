using FsCheck;
using FsCheck.Fluent;

namespace ActorP2P.Protocol.Tests;

public class VarintTests
{
    // These are the vectors that Flowee publishes for the CMF format, and the ends of the range.
    [Theory]
    [InlineData(0UL, "00")]
    [InlineData(127UL, "7f")]
    [InlineData(128UL, "8000")]
    [InlineData(6512UL, "b170")]
    [InlineData(16511UL, "ff7f")]
    [InlineData(16512UL, "808000")]
    [InlineData(20000UL, "809b20")]
    [InlineData(ulong.MaxValue, "80fefefefefefefefe7f")]
    public void Numbers_are_written_as_published(ulong value, string hex)
    {
        byte[] bytes = new byte[Varint.MaxSize];
        int size = Varint.Write(bytes, value);
        Assert.Equal(hex, Convert.ToHexStringLower(bytes.AsSpan(0, size)));
        Assert.Equal(size, Varint.SizeOf(value));
        Assert.True(Varint.TryRead(bytes.AsSpan(0, size), out ulong read, out int consumed));
        Assert.Equal((value, size), (read, consumed));
    }

    [Fact]
    public void Every_number_reads_back_and_no_truncation_of_it_does() =>
        Prop.ForAll(Numbers().ToArbitrary(), value =>
        {
            byte[] bytes = new byte[Varint.MaxSize];
            int size = Varint.Write(bytes, value);
            bool whole = Varint.TryRead(bytes, out ulong read, out int consumed) && read == value && consumed == size;
            return whole
                && Enumerable.Range(0, size).All(length => !Varint.TryRead(bytes.AsSpan(0, length), out _, out _));
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Every_number_has_exactly_one_encoding() =>
        Prop.ForAll(ArbMap.Default.ArbFor<byte[]>(), bytes =>
        {
            if (!Varint.TryRead(bytes, out ulong value, out int consumed))
            {
                return true;
            }

            byte[] again = new byte[Varint.MaxSize];
            return Varint.Write(again, value) == consumed
                && again.AsSpan(0, consumed).SequenceEqual(bytes.AsSpan(0, consumed));
        }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData("80fefefefefefefefeff00")]
    [InlineData("80fefefefefefefeff00")]
    [InlineData("ffffffffffffffffff7f")]
    [InlineData("ffffffffffffffffffffffff7f")]
    [InlineData("80808080808080808080808000")]
    public void Numbers_beyond_64_bits_are_refused(string hex) =>
        Assert.False(Varint.TryRead(Convert.FromHexString(hex), out _, out _), hex);

    [Fact]
    public void A_destination_too_short_throws_and_nothing_is_written()
    {
        byte[] two = new byte[2];
        Assert.Throws<ArgumentException>(() => Varint.Write(two, 20_000));
        Assert.Equal([0, 0], two);
    }

    /// <summary>
    /// Small and large numbers are equally likely, because the encoded size changes at powers of 128.
    /// </summary>
    internal static Gen<ulong> Numbers() =>
        from bits in Gen.Choose(0, 64)
        from value in ArbMap.Default.GeneratorFor<ulong>()
        from high in ArbMap.Default.GeneratorFor<uint>()
        select bits == 0 ? 0 : (value ^ ((ulong)high << 32)) >> (64 - bits);
}
