namespace ActorP2P.Determinism.Tests.Races;

/// <summary>
/// Two writers read the value of a key, add to it, and write it back. One of them overwrites the other.
/// </summary>
public sealed class TwoWriters : Race
{
    public override string Claimed => "no write is lost";

    public override ExploreOptions Options { get; } = new() { MessageDelay = TimeSpan.FromSeconds(4) };

    public override async Task Play(ExploredRun run)
    {
        IActorRef store = run.System.ActorOf(Props.Create(() => new Store()), "store");
        IActorRef first = run.System.ActorOf(Props.Create(() => new Writer(store)), "first");
        IActorRef second = run.System.ActorOf(Props.Create(() => new Writer(store)), "second");
        first.Tell(new Add(1));
        await run.Pass(TimeSpan.FromSeconds(3));
        second.Tell(new Add(2));
        await run.Pass(TimeSpan.FromMinutes(1));
        int value = await store.Ask<int>(new Get());

        Claim.Always(value == 3, Claimed);
    }

    private sealed record Add(int Amount);

    private sealed record Get;

    private sealed record Put(int Value);

    private sealed class Store : ReceiveActor
    {
        private int _value;

        public Store()
        {
            Receive<Get>(_ => Sender.Tell(_value));
            Receive<Put>(put =>
            {
                _value = put.Value;
                Claim.Show($"value {_value}");
            });
        }
    }

    private sealed class Writer : ReceiveActor
    {
        public Writer(IActorRef store) => ReceiveAsync<Add>(async add =>
        {
            int value = await store.Ask<int>(new Get());
            store.Tell(new Put(value + add.Amount));
        });
    }
}
