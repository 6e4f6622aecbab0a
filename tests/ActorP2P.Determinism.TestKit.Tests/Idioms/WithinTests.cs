namespace ActorP2P.Determinism.TestKit.Tests;

public sealed class WithinTests : KitTest
{
    [Fact]
    public void A_wait_inside_takes_what_is_left_of_the_block()
    {
        Later(Minutes(30), "a");
        Within(Minutes(29), Minutes(31), () =>
        {
            ExpectMsg("a");
            Assert.Equal(Minutes(1), Remaining);
        });
    }

    [Fact]
    public void A_block_that_is_too_fast_fails() =>
        Assert.Contains("should have at least been", Failure(() => Within(Minutes(1), Minutes(2), () => { })));

    [Fact]
    public void A_block_that_is_too_slow_fails() =>
        Assert.Contains("exceeding", Failure(() => Within(Minutes(1), () => Advance(Minutes(10)))));

    [Fact]
    public void A_block_that_ends_waiting_for_nothing_may_be_slow()
    {
        Within(Minutes(1), () => ExpectNoMsg(Minutes(10)));
        Assert.Equal(Minutes(10), Time);
    }

    [Fact]
    public void A_timed_block_returns_its_result() => Assert.Equal(3, Within(Minutes(1), () => 3));

    [Fact]
    public void An_inner_block_ends_no_later_than_the_outer_one() => Within(Minutes(10), () =>
    {
        ExpectNoMsg(Minutes(4));
        Within(Hour, () => Assert.Equal(Minutes(6), Remaining));
    });

    [Fact]
    public async Task An_asynchronous_block_is_timed_too()
    {
        Later(Minutes(3), "a");
        await WithinAsync(Minutes(5), async () => await ExpectMsgAsync("a"));
        Assert.Equal(Minutes(3), Time);
    }

    [Fact]
    public async Task An_asynchronous_block_that_never_ends_fails()
    {
        Task block = WithinAsync(Minutes(5), () => new TaskCompletionSource().Task);
        Assert.Contains("still running", (await Assert.ThrowsAnyAsync<Xunit.Sdk.XunitException>(() => block)).Message);
        Assert.InRange(Time, Minutes(5), Minutes(5) + Seconds(1));
    }

    [Fact]
    public async Task A_longer_wait_in_an_asynchronous_block_is_cut_short()
    {
        Task block = WithinAsync(Minutes(5), async () =>
        {
            await Task.Yield();
            ExpectMsg<string>(Hour);
        });
        Assert.Contains("still running", (await Assert.ThrowsAnyAsync<Xunit.Sdk.XunitException>(() => block)).Message);
        Assert.InRange(Time, Minutes(5), Minutes(5) + Seconds(1));
    }
}
