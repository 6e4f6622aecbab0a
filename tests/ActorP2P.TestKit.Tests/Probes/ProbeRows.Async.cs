namespace ActorP2P.TestKit.Tests;

/// <content>The asynchronous twins.</content>
public abstract partial class ProbeRows
{
    private static readonly TimeSpan Short = TimeSpan.FromMilliseconds(20);

    /// <summary>Runs what awaits the kit.</summary>
    protected abstract Task RunAsync(Func<Task> program);

    [Fact]
    public Task Asynchronous_expectations_wait_for_what_comes_later() => RunAsync(async () =>
    {
        ValueTask<int> waiting = Kit.ExpectMsgAsync<int>();
        Kit.TestActor.Tell(5);
        Assert.Equal(5, await waiting);
        await Kit.ExpectNoMsgAsync(Short);
    });

    [Fact]
    public Task Asynchronous_twins_take_several_messages() => RunAsync(async () =>
    {
        foreach (int number in Enumerable.Range(1, 11))
        {
            Kit.TestActor.Tell(number);
        }

        Assert.Equal([1, 2], (await Kit.ReceiveNAsync(2)).Cast<int>());
        Assert.Equal([3, 4, 5], await Kit.ExpectMsgAllOfAsync([4, 3, 5]));
        Assert.Equal([6, 7], await Kit.ExpectMsgAllOfAsync(TimeSpan.FromSeconds(30), [7, 6]));
        Assert.Equal(9, await Kit.FishForMessageAsync<int>(number => number == 9));
        Assert.Equal(10, await Kit.ExpectMsgAnyOfAsync([9, 10, 11]));
        Assert.Equal(11, await Kit.ReceiveOneAsync());
        Assert.Null(await Kit.ReceiveOneAsync(TimeSpan.Zero));
    });

    [Fact]
    public Task Asynchronous_twins_fail_of_what_is_wrong_or_does_not_come() => RunAsync(async () =>
    {
        Kit.TestActor.Tell(1);
        Assert.Contains("1 of 2", (await Fails(() => Kit.ReceiveNAsync(2, Short).AsTask())).Message, StringComparison.Ordinal);
        Kit.TestActor.Tell(1);
        Kit.TestActor.Tell(1);
        await Fails(() => Kit.ExpectMsgAllOfAsync([1, 2]).AsTask());
        Kit.TestActor.Tell(1);
        await Fails(() => Kit.ExpectMsgAnyOfAsync([2, 3]).AsTask());
        Kit.TestActor.Tell(1);
        await Fails(() => Kit.FishForMessageAsync<int>(number => number == 2, Short).AsTask());
        Kit.TestActor.Tell(1);
        await Fails(() => Kit.ExpectNoMsgAsync().AsTask());
        Kit.TestActor.Tell(1);
        await Fails(() => Kit.ExpectMsgAsync<int>(number => number == 2).AsTask());
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Kit.ReceiveOneAsync(null, new CancellationToken(true)).AsTask());
    });

    [Fact]
    public Task The_end_of_the_watched_actor_is_awaited_and_no_other() => RunAsync(async () =>
    {
        IActorRef one = Kit.ActorOf(Props.Create(() => new Echo()));
        IActorRef other = Kit.ActorOf(Props.Create(() => new Echo()));
        Kit.Watch(one);
        Kit.Watch(other);
        one.Tell(PoisonPill.Instance);
        Assert.Equal(one, (await Kit.ExpectTerminatedAsync(one)).ActorRef);

        other.Tell(PoisonPill.Instance);
        await Fails(() => Kit.ExpectTerminatedAsync(one).AsTask());
    });

    [Fact]
    public Task An_asynchronous_block_has_its_time_and_what_waits_within_it_no_more() => RunAsync(async () =>
    {
        Kit.TestActor.Tell("quick");
        await Kit.WithinAsync(TimeSpan.FromSeconds(30), async () => Assert.Equal("quick", await Kit.ExpectMsgAsync<string>()));

        // Within, the default of 30 s is cut down to what is left.
        await Fails(() => Kit.WithinAsync(Short, () => Kit.ExpectMsgAsync<string>().AsTask()));
        await Fails(() => Kit.WithinAsync(TimeSpan.Zero, () => Kit.AwaitConditionAsync(
            () => Task.FromResult(false), TimeSpan.Zero)));
        await Fails(() => Kit.WithinAsync(Short, () => Task.Delay(Short * 2, Kit.Sys.TimeProvider)));
    });

    [Fact]
    public Task Conditions_and_assertions_are_awaited() => RunAsync(async () =>
    {
        TimeSpan interval = TimeSpan.FromMilliseconds(1);
        int looks = 0;
        await Kit.AwaitConditionAsync(() => Task.FromResult(++looks == 3), interval: interval);
        await Kit.AwaitAssertAsync(
            () =>
            {
                Assert.Equal(6, ++looks);
                return Task.CompletedTask;
            },
            interval: interval);

        Assert.Equal(6, looks);
        await Fails(() => Kit.AwaitConditionAsync(() => Task.FromResult(false), Short));
        await Assert.ThrowsAsync<InvalidOperationException>(
            () => Kit.AwaitAssertAsync(() => Task.FromException(new InvalidOperationException("its own")), Short));
    });

    [Fact]
    public Task Events_are_awaited_while_something_is_done() => RunAsync(async () =>
    {
        ILoggingAdapter log = Logging.GetLogger(Kit.Sys, "one");
        await Kit.EventFilter.Error("a").ExpectOneAsync(() => DoAsync("a", "b"));
        await Kit.EventFilter.Error().ExpectAsync(2, () => DoAsync("a", "b"));
        await Fails(() => Kit.EventFilter.Error().ExpectOneAsync(() => DoAsync("a", "b")));
        await Fails(() => Kit.EventFilter.Error("c").ExpectOneAsync(() => DoAsync("a", "b"), Short));

        async Task DoAsync(params string[] texts)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(1), Kit.Sys.TimeProvider);
            LogOnAllLevels(log, texts);
        }
    });

    private static Task<TestKitAssertionException> Fails(Func<Task> expectation) =>
        Assert.ThrowsAsync<TestKitAssertionException>(expectation);
}
