namespace ActorP2P.Protocol.Tests;

public class SharedBufferTests
{
    [Fact]
    public void The_last_of_several_holders_releases_it()
    {
        SharedBuffer buffer = SharedBuffer.Rent(100);
        Assert.InRange(buffer.Capacity, 100, 1000);
        Assert.Same(buffer, buffer.Retain());
        buffer.Release();
        _ = buffer.Array;
        buffer.Release();
        Assert.Throws<ObjectDisposedException>(() => buffer.Array);
    }

    [Fact]
    public void One_release_too_many_and_a_late_holder_throw()
    {
        SharedBuffer buffer = SharedBuffer.Rent(1);
        buffer.Release();
        Assert.Throws<ObjectDisposedException>(buffer.Release);
        Assert.Throws<ObjectDisposedException>(() => buffer.Retain());
    }
}
