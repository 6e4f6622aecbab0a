using ActorP2P.Protocol;

namespace ActorP2P.Transport.Tests;

public class SharedBufferTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(4_096)]
    [InlineData(4_097)]
    [InlineData(16_385)]
    [InlineData(SharedBuffer.MaxPooledLength)]
    [InlineData(SharedBuffer.MaxPooledLength + 1)]
    public void A_rented_buffer_is_long_enough_and_ends_with_its_holders(int length)
    {
        SharedBuffer buffer = SharedBuffer.Rent(length);
        Assert.InRange(buffer.Capacity, length, int.MaxValue);
        Assert.Same(buffer, buffer.Retain());
        buffer.Release();
        Assert.Equal(buffer.Capacity, buffer.Array.Length);
        buffer.Release();
    }

    [Fact]
    public void A_release_too_many_is_refused()
    {
        // This is longer than pooled buffers, so no other test can have rented it in between.
        SharedBuffer buffer = SharedBuffer.Rent(SharedBuffer.MaxPooledLength + 1);
        buffer.Release();
        Assert.Throws<ObjectDisposedException>(buffer.Release);
        Assert.Throws<ObjectDisposedException>(buffer.Retain);
        Assert.Throws<ObjectDisposedException>(() => buffer.Array);
    }

    [Fact]
    public void Buffers_rented_at_the_same_time_are_never_the_same()
    {
        Parallel.For(0, 20_000, i =>
        {
            SharedBuffer buffer = SharedBuffer.Rent(100);
            buffer.Array.AsSpan(0, 100).Fill((byte)i);
            buffer.Retain();
            buffer.Release();
            Assert.Equal(-1, buffer.Array.AsSpan(0, 100).IndexOfAnyExcept((byte)i));
            buffer.Release();
        });
    }
}
