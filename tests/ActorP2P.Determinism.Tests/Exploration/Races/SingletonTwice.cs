namespace ActorP2P.Determinism.Tests.Races;

/// <summary>
/// A singleton is handed over. The new host starts it when the old one says that it has stopped, and also when the
/// membership says that the old host has left, which may come first.
/// </summary>
public sealed class SingletonTwice : Race
{
    public override string Claimed => "at most one singleton lives";

    public override async Task Play(ExploredRun run)
    {
        Counter alive = new();
        IActorRef old = run.System.ActorOf(Props.Create(() => new OldHost(alive)), "old");
        IActorRef next = run.System.ActorOf(Props.Create(() => new NextHost(alive)), "next");
        IActorRef members = run.System.ActorOf(Props.Create(() => new Members(old, next)), "members");
        await old.Ask<string>("are you up?");
        members.Tell(new Leave());
        await run.Pass(TimeSpan.FromSeconds(1));
    }

    private sealed record Leave;

    private sealed record HandOver(IActorRef To);

    private sealed record HandedOver;

    private sealed record MemberLeft;

    private sealed class Singleton : UntypedActor
    {
        private readonly Counter _alive;

        public Singleton(Counter alive)
        {
            _alive = alive;
            _alive.Value++;
            Claim.Always(_alive.Value <= 1, "at most one singleton lives");
        }

        protected override void PostStop() => _alive.Value--;

        protected override void OnReceive(object message) => Sender.Tell(message);
    }

    private sealed class Members : ReceiveActor
    {
        public Members(IActorRef old, IActorRef next) => Receive<Leave>(_ =>
        {
            old.Tell(new HandOver(next));
            next.Tell(new MemberLeft());
        });
    }

    private sealed class OldHost : ReceiveActor
    {
        public OldHost(Counter alive)
        {
            IActorRef singleton = Context.ActorOf(Props.Create(() => new Singleton(alive)), "singleton");
            IActorRef? to = null;
            Receive<HandOver>(handOver =>
            {
                to = handOver.To;
                Context.Watch(singleton);
                Context.Stop(singleton);
            });
            Receive<Terminated>(_ => to!.Tell(new HandedOver()));
            Receive<string>(_ => Sender.Tell("yes"));
        }
    }

    private sealed class NextHost : ReceiveActor
    {
        private readonly Counter _alive;

        public NextHost(Counter alive)
        {
            _alive = alive;
            Receive<HandedOver>(_ => Begin());
            // A careful host waits; this one believes that a host which has left has stopped its singleton.
            Receive<MemberLeft>(_ => Self.Tell("check"));
            Receive<string>(_ => Begin());
        }

        private void Begin()
        {
            if (Context.Child("singleton").IsNobody())
            {
                Context.ActorOf(Props.Create(() => new Singleton(_alive)), "singleton");
            }
        }
    }
}
