namespace ActorP2P.Actors.Tests.Dispatch;

public sealed class TurnChainTests
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(20);

    [Fact]
    public async Task A_turn_that_is_put_off_runs_on_the_same_thread_behind_the_one_that_put_it_off()
    {
        using var system = ActorSystem.Create("chain");
        using var ran = new SemaphoreSlim(0);
        int first = 0;
        int second = 0;
        bool firstHasEnded = false;
        bool inOrder = false;
        IActorRef follower = await StartedAsync(system, _ =>
        {
            second = Environment.CurrentManagedThreadId;
            inOrder = firstHasEnded;
            ran.Release();
        });
        IActorRef opening = await StartedAsync(system, _ =>
        {
            first = Environment.CurrentManagedThreadId;
            firstHasEnded = false;
            follower.TellNext("go", ActorRefs.NoSender);
            firstHasEnded = true;
        });

        // An actor whose last turn has not quite ended is not idle, and its next turn is not put off.
        do
        {
            opening.Tell("go", ActorRefs.NoSender);
            Assert.True(await ran.WaitAsync(s_patience));
        }
        while (first != second);

        Assert.True(inOrder);
    }

    [Fact]
    public async Task A_turn_that_is_put_off_does_not_wait_for_a_later_message_that_takes_long()
    {
        using var system = ActorSystem.Create("yield");
        using var ran = new ManualResetEventSlim();
        using var bothWait = new ManualResetEventSlim();
        var outcome = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        IActorRef second = await StartedAsync(system, _ => ran.Set());
        IActorRef opening = await StartedAsync(system, message =>
        {
            if (message is "put off")
            {
                bothWait.Wait(s_patience);
                second.TellNext("go", ActorRefs.NoSender);
            }
            else
            {
                outcome.TrySetResult(ran.Wait(s_patience));
            }
        });

        opening.Tell("put off", ActorRefs.NoSender);
        opening.Tell("take long", ActorRefs.NoSender);
        bothWait.Set();

        Assert.True(await outcome.Task.WaitAsync(s_patience + s_patience));
    }

    [Fact]
    public async Task A_turn_may_wait_for_what_it_has_told_to_run_here()
    {
        using var system = ActorSystem.Create("wait");
        using var ran = new ManualResetEventSlim();
        var outcome = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        IActorRef second = await StartedAsync(system, _ => ran.Set());
        IActorRef opening = await StartedAsync(system, _ =>
        {
            second.TellAndRun("go", ActorRefs.NoSender);
            outcome.TrySetResult(ran.Wait(s_patience));
        });

        opening.Tell("go", ActorRefs.NoSender);

        Assert.True(await outcome.Task.WaitAsync(s_patience + s_patience));
    }

    private static async Task<IActorRef> StartedAsync(ActorSystem system, Action<object> receive)
    {
        IActorRef actor = system.ActorOf(new Hooks { Receive = (message, _) => receive(message) }.ToProps());
        await actor.Ask<ActorIdentity>(new Identify(1), s_patience);
        return actor;
    }
}
