namespace ActorP2P.Protocol.Tests;

public sealed class SplitMix64Tests
{
    [Fact]
    public void The_sequence_is_that_of_the_published_generator()
    {
        // The first numbers of the reference implementation for the seed 1234567.
        SplitMix64 numbers = new(1234567);
        Assert.Equal(6457827717110365317ul, numbers.Next());
        Assert.Equal(3203168211198807973ul, numbers.Next());
        Assert.Equal(9817491932198370423ul, numbers.Next());
    }

    [Fact]
    public void Mixing_is_the_first_number_of_a_seed() => Assert.Equal(new SplitMix64(42).Next(), SplitMix64.Mix(42));
}
