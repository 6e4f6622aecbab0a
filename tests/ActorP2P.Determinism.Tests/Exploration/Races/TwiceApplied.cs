namespace ActorP2P.Determinism.Tests.Races;

/// <summary>
/// A payment is sent again until it is acknowledged. The account applies it each time, so that a late acknowledgement
/// pays twice.
/// </summary>
public sealed class TwiceApplied : Race
{
    public override ExploreOptions Options { get; } = new() { MessageDelay = TimeSpan.FromSeconds(2) };

    public override string Claimed => "a payment is applied once";

    public override async Task Play(ExploredRun run)
    {
        IActorRef account = run.System.ActorOf(Props.Create(() => new Account()), "account");
        IActorRef payer = run.System.ActorOf(Props.Create(() => new Payer(account)), "payer");
        payer.Tell(new Begin());
        await run.Pass(TimeSpan.FromMinutes(1));
    }

    private sealed record Begin;

    private sealed record Pay(int Id, int Amount);

    private sealed record Paid(int Id);

    private sealed record Again;

    private sealed class Account : ReceiveActor
    {
        private readonly List<int> _applied = [];

        public Account() => Receive<Pay>(pay =>
        {
            Claim.Always(!_applied.Contains(pay.Id), "a payment is applied once");
            _applied.Add(pay.Id);
            Sender.Tell(new Paid(pay.Id));
        });
    }

    private sealed class Payer : ReceiveActor, IWithTimers
    {
        public Payer(IActorRef account)
        {
            Receive<Begin>(_ => Send(account));
            Receive<Again>(_ => Send(account));
            Receive<Paid>(_ => Timers.Cancel("again"));
        }

        public ITimerScheduler Timers { get; set; } = null!;

        private void Send(IActorRef account)
        {
            account.Tell(new Pay(1, 5));
            Timers.StartSingleTimer("again", new Again(), TimeSpan.FromSeconds(3));
        }
    }
}
