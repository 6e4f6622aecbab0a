namespace ActorP2P.Determinism.Tests.Races;

/// <summary>
/// A saga reserves a seat and takes the money, and releases the seat when that takes too long. The money may be on
/// its way while the saga gives up: then the seat is paid and released.
/// </summary>
public sealed class SagaTimesOut : Race
{
    public override ExploreOptions Options { get; } = new() { MessageDelay = TimeSpan.FromSeconds(4) };

    public override string Claimed => "what is paid is not released";

    public override async Task Play(ExploredRun run)
    {
        Counter paid = new();
        IActorRef bank = run.System.ActorOf(Props.Create(() => new Bank(paid)), "bank");
        IActorRef seats = run.System.ActorOf(Props.Create(() => new Seats()), "seats");
        run.System.ActorOf(Props.Create(() => new Saga(seats, bank)), "saga").Tell(new Book());
        int free = 0;
        await run.Pass(TimeSpan.FromMinutes(1));
        free = await seats.Ask<int>("free");

        Claim.Always(free + paid.Value == 1, Claimed);
    }

    private sealed record Book;

    private sealed record Reserve;

    private sealed record Reserved;

    private sealed record Release;

    private sealed record Charge;

    private sealed record Charged;

    private sealed record GiveUp;

    private sealed class Bank : ReceiveActor
    {
        public Bank(Counter paid) => Receive<Charge>(_ =>
        {
            paid.Value++;
            Sender.Tell(new Charged());
        });
    }

    private sealed class Seats : ReceiveActor
    {
        private int _free = 1;

        public Seats()
        {
            Receive<Reserve>(_ =>
            {
                _free--;
                Sender.Tell(new Reserved());
            });
            Receive<Release>(_ => _free++);
            Receive<string>(_ => Sender.Tell(_free));
        }
    }

    private sealed class Saga : ReceiveActor, IWithTimers
    {
        private bool _isOver;

        public Saga(IActorRef seats, IActorRef bank)
        {
            Receive<Book>(_ =>
            {
                seats.Tell(new Reserve());
                Timers.StartSingleTimer("limit", new GiveUp(), TimeSpan.FromSeconds(10));
            });
            Receive<Reserved>(_ => bank.Tell(new Charge()));
            Receive<Charged>(_ =>
            {
                _isOver = true;
                Timers.Cancel("limit");
            });
            Receive<GiveUp>(_ =>
            {
                if (!_isOver)
                {
                    seats.Tell(new Release());
                }
            });
        }

        public ITimerScheduler Timers { get; set; } = null!;
    }
}
