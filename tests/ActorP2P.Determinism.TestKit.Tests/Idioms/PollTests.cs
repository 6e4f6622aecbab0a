namespace ActorP2P.Determinism.TestKit.Tests;

public sealed class PollTests : KitTest
{
    [Fact]
    public void AwaitAssert_tries_until_it_holds()
    {
        AwaitAssert(() => Assert.True(Time >= Minutes(30)), Hour);
        Assert.InRange(Time, Minutes(30), Minutes(30) + Seconds(0.1));
    }

    [Fact]
    public void AwaitAssert_throws_the_last_failure() => Assert.Throws<InvalidOperationException>(
        () => AwaitAssert(() => throw new InvalidOperationException(), Minutes(5)));

    [Fact]
    public void AwaitCondition_looks_at_each_interval()
    {
        int looks = 0;
        AwaitCondition(() => ++looks > 0 && Time >= Minutes(40), Hour, Minutes(10));
        Assert.Equal(5, looks);
    }

    [Fact]
    public void AwaitCondition_fails_in_time()
    {
        Assert.Contains("expired while waiting for condition", Failure(() => AwaitCondition(() => false, Minutes(5))));
        Assert.Equal(Minutes(5), Time);
        Assert.False(AwaitConditionNoThrow(() => false, Minutes(5)));
    }

    [Fact]
    public async Task An_asynchronous_condition_may_be_awaited()
    {
        await AwaitConditionAsync(
            async () =>
            {
                await Task.Yield();
                return Time >= Minutes(20);
            },
            Hour);
        await AwaitAssertAsync(() => Assert.True(Time >= Minutes(30)), Hour);
        Assert.InRange(Time, Minutes(30), Minutes(30) + Seconds(0.1));
    }

    [Fact]
    public async Task A_wait_may_be_begun_before_its_cause()
    {
        bool isThere = false;
        Task waiting = AwaitConditionAsync(() => Task.FromResult(isThere), Minutes(1));
        Assert.False(waiting.IsCompleted);
        isThere = true;
        await waiting;
        Assert.True(Time < Minutes(1));
    }
}
