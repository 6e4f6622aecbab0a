namespace ActorP2P.Determinism.Tests.Races;

/// <summary>
/// A session opens a connection, pipes it to itself, and closes it when it stops. When it is stopped first, the
/// connection comes to nobody and stays open.
/// </summary>
public sealed class PipeAfterStop : Race
{
    public override string Claimed => "all connections are closed";

    public override async Task Play(ExploredRun run)
    {
        Counter open = new();
        IActorRef pool = run.System.ActorOf(Props.Create(() => new Pool(open)), "pool");
        IActorRef session = run.System.ActorOf(Props.Create(() => new Session(pool, open)), "session");
        IActorRef user = run.System.ActorOf(Props.Create(() => new User(session)), "user");
        session.Tell(new Begin());
        user.Tell(new Leave());
        await run.Pass(TimeSpan.FromSeconds(1));

        Claim.Always(open.Value == 0, Claimed);
    }

    private sealed record Begin;

    private sealed record Leave;

    private sealed record Open;

    private sealed record Connection;

    private sealed class Pool : ReceiveActor
    {
        public Pool(Counter open) => Receive<Open>(_ =>
        {
            open.Value++;
            Sender.Tell(new Connection());
        });
    }

    private sealed class User : ReceiveActor
    {
        // The user reads a page and another one before leaving.
        public User(IActorRef session)
        {
            int pages = 0;
            Receive<Leave>(leave =>
            {
                if (++pages < 6)
                {
                    Self.Tell(leave);
                }
                else
                {
                    session.Tell(PoisonPill.Instance);
                }
            });
        }
    }

    private sealed class Session : ReceiveActor
    {
        private readonly Counter _open;
        private Connection? _connection;

        public Session(IActorRef pool, Counter open)
        {
            _open = open;
            Receive<Begin>(_ => pool.Ask<Connection>(new Open()).PipeTo(Self));
            Receive<Connection>(connection => _connection = connection);
        }

        protected override void PostStop()
        {
            if (_connection is not null)
            {
                _open.Value--;
            }
        }
    }
}
