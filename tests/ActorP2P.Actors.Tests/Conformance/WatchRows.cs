using Xunit.Abstractions;

namespace ActorP2P.Actors.Tests.Conformance;

public sealed class WatchRows(ITestOutputHelper output) : ConformanceTest(output)
{
    [Row("terminated")]
    public async Task terminated()
    {
        IActorRef actor = Sys.ActorOf(Props.Create(() => new Silent()), "named");
        using var inbox = Inbox.Create(Sys);
        inbox.Watch(actor);
        Sys.Stop(actor);
        var end = (Terminated)await inbox.ReceiveAsync(Patience);
        Row("named", end.ActorRef.Path.Name);
    }

    [Row("watch-dead")]
    public async Task watch_dead()
    {
        IActorRef actor = Sys.ActorOf(Props.Create(() => new Silent()));
        await actor.GracefulStop(Patience);
        Row("Terminated", await EndOf(actor));
    }

    [Row("watch-twice-first")]
    public void watch_twice_first()
    {
        using Inbox inbox = WatchTwice();
        Row("Terminated", inbox.Receive(Patience).GetType().Name);
    }

    [Row("watch-twice-second")]
    public void watch_twice_second()
    {
        using Inbox inbox = WatchTwice();
        inbox.Receive(Patience);
        Exception? thrown = Record.Exception(() => inbox.Receive(TimeSpan.FromMilliseconds(200)));
        Row("TimeoutException", thrown!.GetType().Name);
    }

    [Row("watch-with")]
    public async Task watch_with()
    {
        Recorder said = Said;
        IActorRef subject = Sys.ActorOf(Props.Create(() => new Silent()));
        IActorRef watcher = Sys.ActorOf(Props.Create(() => new Watcher(subject, "gone!", said)));
        await watcher.Ask<ActorIdentity>(new Identify(0), Patience);
        subject.Tell(PoisonPill.Instance);
        Row("watcher got gone!", await Said.Next());
    }

    [Row("death-pact")]
    public async Task death_pact()
    {
        Recorder said = Said;
        IActorRef subject = Sys.ActorOf(Props.Create(() => new Silent()));
        IActorRef watcher = Sys.ActorOf(Props.Create(() => new Faithful(subject, said)));
        await watcher.Ask<ActorIdentity>(new Identify(0), Patience);
        subject.Tell(PoisonPill.Instance);
        Row("watcher stopped", await Said.Next());
    }

    [Row("poison-processed")]
    public async Task poison_processed() => Row("1,2", await Processed(1, 2, PoisonPill.Instance, 3));

    [Row("kill-processed")]
    public async Task kill_processed() => Row("1", await Processed(1, Kill.Instance, 3));

    [Row("stop-skips-mailbox")]
    public async Task stop_skips_mailbox()
    {
        Recorder said = Said;
        using var entered = new ManualResetEventSlim();
        using var leave = new ManualResetEventSlim();
        IActorRef actor = Sys.ActorOf(Props.Create(() => new Gated(said, entered, leave)));
        for (int i = 0; i < 100; i++)
        {
            actor.Tell(i);
        }
        entered.Wait(Patience);
        Sys.Stop(actor);
        leave.Set();
        string handled = await Said.Until("stopped");
        Row("True", $"{handled == "0"}");
    }

    [Row("graceful-stop")]
    public async Task graceful_stop() => Row(
        "True", $"{await Sys.ActorOf(Props.Create(() => new Silent())).GracefulStop(Patience)}");

    private Inbox WatchTwice()
    {
        IActorRef actor = Sys.ActorOf(Props.Create(() => new Silent()));
        var inbox = Inbox.Create(Sys);
        inbox.Watch(actor);
        inbox.Watch(actor);
        actor.Tell(PoisonPill.Instance);
        return inbox;
    }

    private async Task<string> Processed(params object[] messages)
    {
        Recorder said = Said;
        IActorRef actor = Sys.ActorOf(Props.Create(() => new Lister(said)));
        foreach (object message in messages)
        {
            actor.Tell(message);
        }
        return await Said.Until("stopped", ",");
    }

    private sealed class Watcher : ReceiveActor
    {
        public Watcher(IActorRef subject, object message, Recorder said)
        {
            Context.WatchWith(subject, message);
            ReceiveAny(received => said.Add($"watcher got {received}"));
        }
    }

    private sealed class Faithful : ReceiveActor
    {
        private readonly Recorder _said;

        public Faithful(IActorRef subject, Recorder said)
        {
            _said = said;
            Context.Watch(subject);
            Receive<string>(_ => { });
        }

        protected override void PostStop() => _said.Add("watcher stopped");
    }

    private sealed class Lister : UntypedActor
    {
        private readonly Recorder _said;

        public Lister(Recorder said) => _said = said;

        protected override void PostStop() => _said.Add("stopped");

        protected override void OnReceive(object message) => _said.Add($"{message}");
    }

    private sealed class Gated : UntypedActor
    {
        private readonly Recorder _said;
        private readonly ManualResetEventSlim _entered;
        private readonly ManualResetEventSlim _leave;

        public Gated(Recorder said, ManualResetEventSlim entered, ManualResetEventSlim leave)
        {
            _said = said;
            _entered = entered;
            _leave = leave;
        }

        protected override void PostStop() => _said.Add("stopped");

        protected override void OnReceive(object message)
        {
            _said.Add($"{message}");
            _entered.Set();
            _leave.Wait(TimeSpan.FromSeconds(20));
        }
    }
}
