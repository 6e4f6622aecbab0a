namespace ActorP2P.Protocol.Tests;

public class SharedBufferTests
{
    // Longer than pooled buffers. Another test may hold a pooled buffer a moment after its release.
    private const int Unpooled = 100_000;

    [Fact]
    public void The_last_of_several_holders_releases_it()
    {
        SharedBuffer buffer = SharedBuffer.Rent(Unpooled);
        Assert.InRange(buffer.Capacity, Unpooled, 2 * Unpooled);
        Assert.Same(buffer, buffer.Retain());
        buffer.Release();
        _ = buffer.Array;
        buffer.Release();
        Assert.Throws<ObjectDisposedException>(() => buffer.Array);
    }

    [Fact]
    public void One_release_too_many_and_a_late_holder_throw()
    {
        SharedBuffer buffer = SharedBuffer.Rent(Unpooled);
        buffer.Release();
        Assert.Throws<ObjectDisposedException>(buffer.Release);
        Assert.Throws<ObjectDisposedException>(() => buffer.Retain());
    }
}
