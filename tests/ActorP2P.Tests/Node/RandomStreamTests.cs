namespace ActorP2P.Tests.Node;

public sealed class RandomStreamTests
{
    [Fact]
    public void Seeds_that_differ_in_the_high_half_give_other_streams()
    {
        Random one = new RandomStream(1);
        Random other = new RandomStream(1 | (1ul << 63));
        Assert.NotEqual(one.NextInt64(), other.NextInt64());
    }

    [Fact]
    public void Every_way_of_drawing_keeps_its_bounds_and_reaches_them()
    {
        Random random = new RandomStream(7);
        HashSet<int> drawn = [];
        for (int i = 0; i < 1000; i++)
        {
            drawn.Add(random.Next(-2, 3));
            Assert.InRange(random.NextDouble(), 0, 0.999999999999999999);
            Assert.InRange(random.NextSingle(), 0, 0.99999999f);
            Assert.InRange(random.NextInt64(long.MinValue, long.MaxValue), long.MinValue, long.MaxValue - 1);
        }

        Assert.Equal([-2, -1, 0, 1, 2], drawn.Order());
        Assert.Equal(5, random.Next(5, 5));
        Assert.Throws<ArgumentOutOfRangeException>(() => random.Next(1, 0));
    }

    [Fact]
    public void Bytes_are_filled_to_the_last()
    {
        byte[] bytes = new byte[13];
        int[] set = new int[bytes.Length];
        Random random = new RandomStream(7);
        for (int i = 0; i < 16; i++)
        {
            random.NextBytes(bytes);
            for (int j = 0; j < bytes.Length; j++)
            {
                set[j] |= bytes[j];
            }
        }

        Assert.DoesNotContain(0, set);
    }
}
