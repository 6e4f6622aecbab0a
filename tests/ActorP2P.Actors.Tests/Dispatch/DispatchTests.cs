namespace ActorP2P.Actors.Tests.Dispatch;

public sealed class DispatchTests
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(20);

    [Fact]
    public async Task A_pinned_actor_keeps_to_one_thread_outside_of_the_pool()
    {
        using var system = ActorSystem.Create(
            "pinned", ConfigurationFactory.ParseString("mine { type = PinnedDispatcher }"));
        IActorRef actor = system.ActorOf(ThreadTeller().WithDispatcher("mine"));
        string first = await actor.Ask<string>("where?", s_patience);
        for (int i = 0; i < 100; i++)
        {
            Assert.Equal(first, await actor.Ask<string>("where?", s_patience));
        }
        Assert.StartsWith("own", first, StringComparison.Ordinal);
        Assert.True(await actor.GracefulStop(s_patience));
    }

    [Fact]
    public void An_unknown_dispatcher_or_mailbox_is_refused_when_the_actor_is_made()
    {
        using var system = ActorSystem.Create("strict");
        Assert.Throws<ConfigurationException>(() => system.ActorOf(ThreadTeller().WithDispatcher("none")));
        Assert.Throws<ConfigurationException>(() => system.ActorOf(ThreadTeller().WithMailbox("none")));
    }

    [Fact]
    public async Task A_turn_can_run_on_the_thread_that_brings_the_message()
    {
        using var system = ActorSystem.Create("inline");
        IActorRef actor = system.ActorOf(ThreadTeller());
        await actor.Ask<string>("started?", s_patience);
        int thread = 0;
        IActorRef inner = system.ActorOf(new Hooks { Receive = (_, _) => thread = Environment.CurrentManagedThreadId }.ToProps());
        await inner.Ask<ActorIdentity>(new Identify(1), s_patience);
        int mine = 0;
        var caller = new Thread(() =>
        {
            mine = Environment.CurrentManagedThreadId;
            // The answer to Identify may come before the turn that gave it has ended; then the message waits for another.
            do
            {
                inner.TellAndRun("x", ActorRefs.NoSender);
            }
            while (Volatile.Read(ref thread) != mine);
        });
        caller.Start();
        Assert.True(caller.Join(s_patience));
        Assert.Equal(mine, thread);
    }

    [Fact]
    public async Task A_handler_that_holds_its_thread_is_named_once_with_its_message_and_time()
    {
        var time = new ManualTime();
        using var system = ActorSystem.Create("slow", new EngineSetup { TimeProvider = time });
        using var entered = new ManualResetEventSlim();
        using var leave = new ManualResetEventSlim();
        using var warned = Inbox.Create(system);
        system.EventStream.Subscribe(warned.Receiver, typeof(Warning));
        IActorRef actor = system.ActorOf(
            new Hooks
            {
                Receive = (_, _) =>
                {
                    entered.Set();
                    leave.Wait(s_patience);
                },
            }.ToProps(),
            "sleeper");
        actor.Tell("wait");
        entered.Wait(s_patience);
        using var watchdog = new BlockingWatchdog(system, TimeSpan.FromSeconds(1));
        watchdog.Look();
        time.Move(TimeSpan.FromSeconds(3));
        watchdog.Look();
        watchdog.Look();
        leave.Set();
        string warning = ((Warning)await warned.ReceiveAsync(s_patience)).Message.ToString()!;
        Assert.Contains("/user/sleeper has held its thread for 3.0 s, with a message of type String", warning, StringComparison.Ordinal);
    }

    private static Props ThreadTeller() => new Hooks
    {
        Receive = (_, self) => self.From.Tell(
            $"{(Thread.CurrentThread.IsThreadPoolThread ? "pool" : "own")} {Environment.CurrentManagedThreadId}"),
    }.ToProps();
}
