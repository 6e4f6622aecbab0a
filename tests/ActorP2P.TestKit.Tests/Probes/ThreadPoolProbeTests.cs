namespace ActorP2P.TestKit.Tests;

public sealed class ThreadPoolProbeTests() : ProbeRows(new TestKitBase())
{
    [Fact]
    public async Task Asynchronous_twins_wait_without_a_thread()
    {
        ValueTask<int> waiting = Kit.ExpectMsgAsync<int>();
        Kit.TestActor.Tell(5);
        Assert.Equal(5, await waiting);
        await Kit.ExpectNoMsgAsync(TimeSpan.FromMilliseconds(20));
    }

    [Fact]
    public void Time_on_the_pool_is_not_advanced() =>
        Assert.Throws<InvalidOperationException>(() => Kit.Advance(TimeSpan.FromSeconds(1)));
}
