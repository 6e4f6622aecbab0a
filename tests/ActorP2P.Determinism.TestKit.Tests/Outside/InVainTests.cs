namespace ActorP2P.Determinism.TestKit.Tests;

/// <summary>
/// A test that awaits what never comes is failed and does not hang. The tests inside run in the test runner's stead.
/// </summary>
public sealed class InVainTests
{
    [Fact]
    public async Task A_promise_that_nobody_keeps_fails_the_test() =>
        Assert.Contains("awaits in vain", (await Failure(static kit => kit.Awaits_a_promise())).Message);

    [Fact]
    public async Task A_promise_beside_a_periodic_timer_fails_the_test() =>
        Assert.Contains("awaits in vain", (await Failure(static kit => kit.Awaits_beside_a_timer())).Message);

    [Fact]
    public async Task A_leak_while_the_test_awaits_fails_it_with_its_stack() =>
        Assert.IsType<SimulationLeakException>(await Failure(static kit => kit.Awaits_beside_a_leak()));

    /// <summary>What a test fails with that is run as the framework runs one.</summary>
    private static async Task<Exception> Failure(Func<Awaiting, Task> test)
    {
        using SemaphoreSlim ended = new(0);
        Exception? failure = null;
        // A thread of its own, as its context is set and put back by the kit alone.
        _ = Task.Run(async () =>
        {
            Awaiting kit = new();
            try
            {
                await test(kit);
            }
            catch (Exception thrown)
            {
                failure = thrown;
            }
            kit.Dispose();
            ended.Release();
        });
        await ended.WaitAsync();
        return failure!;
    }

    private sealed class Awaiting : KitTest
    {
        public Awaiting() => WaitLimit = TimeSpan.FromDays(1);

        public async Task Awaits_a_promise()
        {
            Advance(Seconds(1));
            await new TaskCompletionSource().Task;
        }

        public async Task Awaits_beside_a_timer()
        {
            Sys.ActorOf(Props.Create(() => new TickingActor(Minutes(1))));
            await new TaskCompletionSource().Task;
        }

        public async Task Awaits_beside_a_leak()
        {
            Does((_, _) => ThreadPool.QueueUserWorkItem(_ => { })).Tell("x");
            await new TaskCompletionSource().Task;
        }
    }
}
