using Xunit.Abstractions;

namespace ActorP2P.Actors.Tests.Conformance;

public sealed class SupervisionRows(ITestOutputHelper output) : ConformanceTest(output)
{
    [Row("restart-reply")]
    public async Task restart_reply()
    {
        IActorRef actor = NewCrasher(withChild: false);
        await actor.Ask<string>("a", Patience);
        actor.Tell("boom");
        Row("2:1:b", await actor.Ask<string>("b", Patience));
    }

    [Row("restart-hooks")]
    public async Task restart_hooks()
    {
        NewCrasher(withChild: true).Tell("boom");
        Row(
            "ctor1 / PreStart1 / PreRestart1(Boom,boom) / PostStop1 / child.PostStop / ctor2 / PostRestart2 / PreStart2",
            await Said.Next(8));
    }

    [Row("ctor-throws")]
    public async Task ctor_throws()
    {
        var constructed = new Counter();
        IActorRef actor = Sys.ActorOf(Props.Create(() => new Stillborn(constructed)));
        string end = await EndOf(actor);
        Row("Terminated constructed=1", $"{end} constructed={constructed.Count}");
    }

    [Row("max-2-retries-after-3-failures")]
    public async Task max_2_retries_after_3_failures()
    {
        IActorRef kid = await Limited();
        Row("Terminated", await EndOf(kid));
    }

    [Row("retries-hooks")]
    public async Task retries_hooks()
    {
        await Limited();
        Row(
            "ctor1 / PreStart1 / PreRestart1(Boom,boom) / PostStop1 / ctor2 / PostRestart2 / PreStart2 / "
            + "PreRestart2(Boom,boom) / PostStop2 / ctor3 / PostRestart3 / PreStart3 / PostStop3",
            await Said.Next(13));
    }

    [Row("resume-keeps-state")]
    public async Task resume_keeps_state()
    {
        IActorRef parent = Supervise(new OneForOneStrategy(_ => Directive.Resume));
        await parent.Ask<string>("a", Patience);
        parent.Tell("boom");
        string reply = await parent.Ask<string>("b", Patience);
        Row("1:2:b", reply);
    }

    [Row("escalate-kid")]
    public async Task escalate_kid()
    {
        IActorRef parent = Supervise(new OneForOneStrategy(_ => Directive.Escalate));
        IActorRef kid = await parent.Ask<IActorRef>("kid?", Patience);
        Task<string> end = EndOf(kid);
        parent.Tell("boom");
        Row("Terminated", await end);
    }

    [Row("escalate-parent")]
    public async Task escalate_parent()
    {
        IActorRef parent = Supervise(new OneForOneStrategy(_ => Directive.Escalate));
        parent.Tell("boom");
        string report;
        do
        {
            report = await Said.Next();
        }
        while (!report.StartsWith("Sup.", StringComparison.Ordinal));
        Row("Sup.PreRestart(Boom)", report);
    }

    private IActorRef NewCrasher(bool withChild)
    {
        Recorder said = Said;
        var instances = new Counter();
        return Sys.ActorOf(Props.Create(() => new Crasher(said, instances, withChild)));
    }

    private IActorRef Supervise(SupervisorStrategy strategy)
    {
        Recorder said = Said;
        var instances = new Counter();
        Props child = Props.Create(() => new Crasher(said, instances, false));
        return Sys.ActorOf(Props.Create(() => new Supervisor(strategy, child, said)));
    }

    private async Task<IActorRef> Limited()
    {
        IActorRef parent = Supervise(new OneForOneStrategy(2, TimeSpan.FromMinutes(1), _ => Directive.Restart));
        IActorRef kid = await parent.Ask<IActorRef>("kid?", Patience);
        for (int i = 0; i < 3; i++)
        {
            kid.Tell("boom");
        }
        return kid;
    }

    private sealed class Stillborn : UntypedActor
    {
        public Stillborn(Counter constructed)
        {
            constructed.Next();
            throw new Boom("never born");
        }

        protected override void OnReceive(object message)
        {
        }
    }
}
