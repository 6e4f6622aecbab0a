using Akka.TestKit;

namespace ActorP2P.Determinism.TestKit.Tests;

#pragma warning disable xUnit1031 // The test proves that a test may block.
public sealed class BlockingTests : KitTest
{
    [Fact]
    public void The_result_of_a_task_lets_the_world_run()
    {
        Assert.Equal("x", Echo().Ask<string>("x").Result);
        Assert.True(Task.Delay(Minutes(5), World.TimeProvider).Wait(Hour));
        Assert.Equal(Minutes(5), Time);
    }

    [Fact]
    public void A_test_that_touches_nothing_of_the_kit_blocks_virtually() => Task.Delay(Minutes(5)).Wait();

    [Fact]
    public void Work_for_the_pool_is_waited_for() => Assert.Equal(7, Task.Run(async () =>
    {
        await Task.Delay(Minutes(5));
        return 7;
    }).WaitAsync(Hour).Result);

    [Fact]
    public void A_wait_with_a_timeout_takes_that_virtual_time()
    {
        Assert.False(new TaskCompletionSource().Task.Wait(Hour));
        Assert.Equal(Hour, Time);
    }

    [Fact]
    public void A_latch_is_opened_by_an_actor()
    {
        TestLatch latch = CreateTestLatch();
        IActorRef opening = Does((_, _) => latch.CountDown());
        Later(Minutes(5), "x", opening);
        latch.Ready(Hour);
        Assert.Equal(Minutes(5), Time);
        latch.Reset();
        Assert.Throws<TimeoutException>(() => latch.Ready(Minutes(5)));
        Assert.Equal(Minutes(10), Time);
    }

    [Fact]
    public void Each_kind_of_signal_is_given_by_an_actor()
    {
        using ManualResetEvent handle = new(false);
        using ManualResetEventSlim slim = new();
        using CountdownEvent countdown = new(2);
        using SemaphoreSlim semaphore = new(0);
        object monitor = new();
        IActorRef signalling = Does((message, _) =>
        {
            handle.Set();
            slim.Set();
            if (!countdown.IsSet)
            {
                countdown.Signal();
            }
            semaphore.Release();
            lock (monitor)
            {
                Monitor.Pulse(monitor);
            }
        });
        Later(Minutes(1), "1", signalling);
        Later(Minutes(2), "2", signalling);
        Later(Minutes(3), "3", signalling);
        Assert.True(handle.WaitOne(Hour) && slim.Wait(Hour) && semaphore.Wait(Hour));
        Assert.Equal(Minutes(1), Time);
        countdown.Wait();
        Assert.Equal(Minutes(2), Time);
        lock (monitor)
        {
            Assert.True(Monitor.Wait(monitor, Hour));
        }
        Assert.Equal(Minutes(3), Time);
    }

    [Fact]
    public void Blocking_for_ever_fails_the_test()
    {
        WaitLimit = TimeSpan.FromDays(1);
        using ManualResetEventSlim never = new();
        Assert.Contains("waits for something that never happens",
            Assert.Throws<SimulationException>(never.Wait).Message);
    }

    [Fact]
    public void A_result_inside_of_an_actor_lets_the_world_run()
    {
        IActorRef echo = Echo();
        Does((message, context) => context.Sender.Tell($"got {echo.Ask<string>(message).Result}")).Tell("x");
        ExpectMsg("got x");
    }

    [Fact]
    public void A_result_inside_of_an_actor_that_never_comes_fails_it()
    {
        Does((_, _) => _ = new TaskCompletionSource<int>().Task.Result).Tell("x");
        EventFilter.Error(contains: "blocks for a task that does not end").ExpectOne(TimeSpan.FromHours(2), () => { });
    }

    [Fact]
    public void A_real_thread_is_joined_in_real_time()
    {
        bool ran = false;
#pragma warning disable AP2P0007 // The test needs a real thread.
        Thread thread = new(() => ran = true);
#pragma warning restore AP2P0007
        thread.Start();
        thread.Join();
        Assert.True(ran);
        Assert.Equal(TimeSpan.Zero, Time);
    }
}
#pragma warning restore xUnit1031
