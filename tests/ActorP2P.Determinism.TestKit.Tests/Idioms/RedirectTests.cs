namespace ActorP2P.Determinism.TestKit.Tests;

public sealed class RedirectTests : KitTest
{
    [Fact]
    public void PipeTo_comes_back_into_the_simulation()
    {
        IActorRef echo = Echo();
        Does((message, context) => echo.Ask<string>(message).PipeTo(context.Sender)).Tell("x");
        ExpectMsg("x");
    }

    [Fact]
    public void PipeTo_of_an_asynchronous_method_comes_back()
    {
        Does((_, context) => SlowlyAsync().PipeTo(context.Sender, success: number => $"number {number}")).Tell("x");
        ExpectMsg("number 7", Hour);
        Assert.Equal(Minutes(5), Time);
    }

    [Fact]
    public void Delays_of_an_actor_are_virtual()
    {
        Works(async (_, context) =>
        {
            IActorRef sender = context.Sender;
            await Task.Delay(Minutes(20));
            sender.Tell("done");
        }).Tell("x");
        ExpectMsg("done", Hour);
        Assert.Equal(Minutes(20), Time);
    }

    [Fact]
    public void Work_for_the_pool_is_a_step()
    {
        int own = Environment.CurrentManagedThreadId;
        Works(async (_, context) =>
        {
            IActorRef sender = context.Sender;
            int thread = await Task.Run(() => Environment.CurrentManagedThreadId);
            sender.Tell(thread);
        }).Tell("x");
        ExpectMsg(own);
    }

    [Fact]
    public void Work_for_the_pool_may_await()
    {
        Works(async (_, context) =>
        {
            IActorRef sender = context.Sender;
            await Task.Run(async () =>
            {
                await Task.Delay(Minutes(1));
                await Task.Yield();
                await SlowlyAsync().ConfigureAwait(false);
            });
            sender.Tell("done");
        }).Tell("x");
        ExpectMsg("done", Hour);
        Assert.Equal(Minutes(6), Time);
    }

    [Fact]
    public void ContinueWith_is_a_step()
    {
        Does((_, context) =>
        {
            IActorRef sender = context.Sender;
            SlowlyAsync().ContinueWith(done => sender.Tell(done.Result), TaskScheduler.Default);
        }).Tell("x");
        ExpectMsg(7, Hour);
    }

    [Fact]
    public void Promises_with_asynchronous_continuations_are_steps()
    {
        TaskCompletionSource<string> promise = new(TaskCreationOptions.RunContinuationsAsynchronously);
        Tell(promise.Task);
        Does((_, _) => promise.SetResult("kept")).Tell("x");
        ExpectMsg("kept");

        async void Tell(Task<string> task) => TestActor.Tell(await task.ConfigureAwait(false));
    }

    [Fact]
    public void A_timer_of_the_runtime_ticks_in_virtual_time()
    {
        int ticks = 0;
        using Timer timer = new(_ => ticks++, null, Minutes(1), Minutes(1));
        Advance(Hour);
        Assert.Equal(60, ticks);
        timer.Change(Timeout.Infinite, Timeout.Infinite);
        Advance(Hour);
        Assert.Equal(60, ticks);
    }

    [Fact]
    public async Task A_timer_of_a_millisecond_is_virtual_too()
    {
        for (int number = 1; number <= 100; number++)
        {
            await Task.Delay(1);
            Assert.Equal(TimeSpan.FromMilliseconds(number), Time);
        }
    }

    [Fact]
    public void A_cancellation_in_a_while_comes_in_virtual_time()
    {
        using CancellationTokenSource cancelled = new(Minutes(9));
        AwaitCondition(() => cancelled.IsCancellationRequested, Hour, Minutes(1));
        Assert.Equal(Minutes(9), Time);
    }

    [Fact]
    public void Real_timers_of_other_threads_are_left_alone()
    {
        using ManualResetEventSlim fired = new();
        SynchronizationContext? own = SynchronizationContext.Current;
#pragma warning disable AP2P0007 // The test needs a real thread.
        Thread other = new(() =>
        {
            using Timer timer = new(_ => fired.Set(), null, 1, Timeout.Infinite);
            fired.Wait();
        });
#pragma warning restore AP2P0007
        other.Start();
        other.Join();
        Assert.True(fired.IsSet);
        Assert.Equal(TimeSpan.Zero, Time);
    }

    private async Task<int> SlowlyAsync()
    {
        await Task.Delay(Minutes(5), World.TimeProvider);
        return 7;
    }
}
