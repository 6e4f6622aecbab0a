namespace ActorP2P.Determinism.TestKit.Tests;

public sealed class AwaitTests : KitTest
{
    [Fact]
    public async Task Asynchronous_waits_never_leave_the_thread()
    {
        int thread = Environment.CurrentManagedThreadId;
        Later(Minutes(30), "a");
        Assert.Equal("a", await ExpectMsgAsync<string>(Hour));
        await ExpectNoMsgAsync(Hour);
        for (int number = 0; number < 5; number++)
        {
            Later(Minutes(number + 1), number);
        }
        Assert.Equal(2, await FishForMessageAsync<int>(number => number == 2, Hour));
        List<object> rest = [];
        await foreach (object one in ReceiveNAsync(2, Hour))
        {
            rest.Add(one);
        }
        Assert.Equal([3, 4], rest);
        Assert.Equal(thread, Environment.CurrentManagedThreadId);
    }

    [Fact]
    public async Task A_wait_begun_before_its_cause_counts_from_its_beginning()
    {
        ValueTask<string> coming = ExpectMsgAsync<string>(Minutes(5));
        Echo().Tell("later");
        Assert.Equal("later", await coming);
        ValueTask<string> never = ExpectMsgAsync<string>(Minutes(5));
        Advance(Minutes(4));
        await Assert.ThrowsAnyAsync<Xunit.Sdk.XunitException>(() => never.AsTask());
        Assert.Equal(Minutes(5), Time);
    }

    [Fact]
    public async Task The_end_of_an_actor_is_awaited()
    {
        IActorRef echo = Echo();
        await WatchAsync(echo);
        Sys.Stop(echo);
        await ExpectTerminatedAsync(echo);
    }

    [Fact]
    public async Task A_delay_of_the_test_is_virtual()
    {
        await Task.Delay(Hour, World.TimeProvider);
        Assert.Equal(Hour, Time);
        await Task.Delay(Hour);
        Assert.Equal(2 * Hour, Time);
    }

    [Fact]
    public async Task The_test_actor_is_the_implicit_sender_after_an_await()
    {
        await Task.Delay(Hour);
        Echo().Tell("x");
        Assert.Equal("x", await ExpectMsgAsync<string>());
    }

    [Fact]
    public async Task The_end_of_the_system_is_awaited()
    {
        await Sys.Terminate();
        Assert.True(Sys.WhenTerminated.IsCompleted);
    }

    [Fact]
    public async Task Two_flows_of_a_test_do_not_block_each_other()
    {
        SimulatedProbe probe = CreateTestProbe();
        Task sending = SendInAnHour();
        await Task.Yield();
        Assert.Equal("x", probe.ExpectMsg<string>(Minutes(90)));
        await sending;

        async Task SendInAnHour()
        {
            await Task.Delay(Hour, World.TimeProvider);
            probe.Ref.Tell("x");
        }
    }

    [Fact]
    public async Task Work_of_the_test_on_the_pool_is_a_step()
    {
        int thread = 0;
        await Task.Yield();
        int own = Environment.CurrentManagedThreadId;
        await Task.Run(() => thread = Environment.CurrentManagedThreadId);
        Assert.Equal(own, thread);
    }

    [Fact]
    public async Task A_test_that_asks_again_and_again_lets_time_pass()
    {
        IActorRef ticking = Sys.ActorOf(Props.Create(() => new TickingActor(Seconds(1))));
        while (await ticking.Ask<int>("how many") < 2)
        {
            await Task.Yield();
        }
        Assert.InRange(Time, Seconds(2), Seconds(2.1));
    }

    [Fact]
    public async Task A_timeout_of_a_task_is_virtual()
    {
        await Assert.ThrowsAsync<TimeoutException>(() => new TaskCompletionSource().Task.WaitAsync(Minutes(7)));
        Assert.Equal(Minutes(7), Time);
    }

    [Fact]
    public void A_task_that_waits_too_long_is_cut_short()
    {
        Task outer = Flow();
        Assert.Contains("had not ended after 00:10:00", Assert.Throws<TimeoutException>(() =>
            Await(outer, Minutes(10))).Message);
        Assert.Equal(Minutes(10), Time);

        async Task Flow()
        {
            await Task.Yield();
            ExpectNoMsg(Hour);
        }
    }
}
