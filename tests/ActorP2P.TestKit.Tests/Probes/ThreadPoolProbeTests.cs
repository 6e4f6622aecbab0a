namespace ActorP2P.TestKit.Tests;

public sealed class ThreadPoolProbeTests() : ProbeRows(new TestKitBase(Patient))
{
    [Fact]
    public void Time_on_the_pool_is_not_advanced() =>
        Assert.Throws<InvalidOperationException>(() => Kit.Advance(TimeSpan.FromSeconds(1)));

    protected override Task RunAsync(Func<Task> program) => program();
}
