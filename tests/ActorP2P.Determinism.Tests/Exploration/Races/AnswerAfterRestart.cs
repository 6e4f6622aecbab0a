namespace ActorP2P.Determinism.Tests.Races;

/// <summary>
/// A client asks a store for its balance and adds to it what arrives meanwhile. It crashes and is restarted, and
/// takes the answer to the question of its earlier life for that to its own.
/// </summary>
public sealed class AnswerAfterRestart : Race
{
    public override ExploreOptions Options { get; } = new() { Crashes = ["/user/client"] };

    public override string Claimed => "the balance is loaded once in a life";

    public override async Task Play(ExploredRun run)
    {
        IActorRef store = run.System.ActorOf(Props.Create(() => new Store()), "store");
        IActorRef client = run.System.ActorOf(Props.Create(() => new Client(store)), "client");
        client.Tell(new Deposit(1));
        client.Tell(new Deposit(2));
        await run.Pass(TimeSpan.FromSeconds(1));
    }

    private sealed record Load;

    private sealed record Loaded(int Balance);

    private sealed record Deposit(int Amount);

    private sealed class Store : ReceiveActor
    {
        public Store() => Receive<Load>(_ => Sender.Tell(new Loaded(100)));
    }

    private sealed class Client : ReceiveActor
    {
        private int _balance;
        private bool _isLoaded;

        public Client(IActorRef store)
        {
            store.Ask<Loaded>(new Load()).PipeTo(Self);
            Receive<Deposit>(deposit => _balance += deposit.Amount);
            Receive<Loaded>(loaded =>
            {
                Claim.Always(!_isLoaded, "the balance is loaded once in a life");
                _isLoaded = true;
                _balance += loaded.Balance;
            });
        }
    }
}
