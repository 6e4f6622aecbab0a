namespace ActorP2P.Determinism.TestKit.Tests;

/// <summary>
/// A test that awaits something that never happens fails instead of hanging. These tests take the place of the test
/// runner for the tests inside them.
/// </summary>
public sealed class InVainTests
{
    [Fact]
    public async Task A_promise_that_nobody_keeps_fails_the_test() =>
        Assert.Contains("awaits something that never happens",
            (await Failure(static kit => kit.Awaits_a_promise())).Message);

    [Fact]
    public async Task A_promise_beside_a_periodic_timer_fails_the_test() =>
        Assert.Contains("awaits something that never happens",
            (await Failure(static kit => kit.Awaits_beside_a_timer())).Message);

    [Fact]
    public async Task A_leak_while_the_test_awaits_fails_it_with_its_stack() =>
        Assert.IsType<SimulationLeakException>(await Failure(static kit => kit.Awaits_beside_a_leak()));

    /// <summary>
    /// An exception that the test throws afterwards has no receiver, and it must not end the process.
    /// </summary>
    [Fact]
    public async Task A_test_that_was_given_up_may_go_on_later()
    {
        TaskCompletionSource late = new();
        TaskCompletionSource gone = new();
        Assert.Contains("awaits something that never happens",
            (await Failure(kit => kit.Awaits_and_throws(late.Task, gone))).Message);
        late.SetResult();
        await gone.Task;
    }

    /// <summary>The exception with which a test fails when it is run as the framework runs one.</summary>
    private static async Task<Exception> Failure(Func<Awaiting, Task> test)
    {
        using SemaphoreSlim ended = new(0);
        Exception? failure = null;
        // The test gets a thread of its own, because only the kit may set and restore its synchronization context.
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

        public async Task Awaits_and_throws(Task late, TaskCompletionSource gone)
        {
            Advance(Seconds(1));
            try
            {
                await late.ConfigureAwait(false);
            }
            finally
            {
                gone.SetResult();
            }
            throw new InvalidOperationException("The test has gone on.");
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
