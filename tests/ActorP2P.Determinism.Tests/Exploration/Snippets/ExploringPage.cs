namespace ActorP2P.Determinism.Tests.Snippets;

/// <summary>The code of docs/exploring.md that needs no test kit.</summary>
public sealed class ExploringPage
{
    [Fact]
    public void A_program_without_a_kit_is_explored()
    {
        // snippet: explore a program
        ExplorationReport report = Explore.Find(new ExploreOptions { Schedules = 500 }, async run =>
        {
            IActorRef stock = run.System.ActorOf(Props.Create(() => new Stock(1)), "stock");
            IActorRef alice = run.System.ActorOf(Props.Create(() => new Customer(stock)), "alice");
            IActorRef bob = run.System.ActorOf(Props.Create(() => new Customer(stock)), "bob");
            alice.Tell("buy");
            bob.Tell("buy");
            await run.Pass(TimeSpan.FromMinutes(1));
        });
        // end

        ExplorationFailure failure = Assert.Single(report.Failures);
        Assert.StartsWith("Always: nothing is sold twice at Explor", failure.Cause, StringComparison.Ordinal);
    }

    [Fact]
    public void Faults_are_options()
    {
        // snippet: faults
        ExploreOptions options = new()
        {
            MessageDelay = TimeSpan.FromMilliseconds(50),
            TimerLateness = TimeSpan.FromSeconds(1),
            Crashes = ["/user/stock"],
            MaxCrashes = 2,
            State = actor => actor is Stock stock ? $"{stock.Items} left" : null,
        };
        // end

        Assert.False(Explore.Find(options, Shop).IsSuccess);
    }

    [Fact]
    public void A_workload_is_made_small()
    {
        // snippet: a workload
        ExplorationReport report = Explore.Find(new ExploreOptions { Schedules = 500 }, async run =>
        {
            int customers = 1 + run.Choose(10);
            IActorRef stock = run.System.ActorOf(Props.Create(() => new Stock(2)), "stock");
            for (int number = 0; number < customers; number++)
            {
                run.System.ActorOf(Props.Create(() => new Customer(stock)), $"customer{number}").Tell("buy");
            }
            await run.Pass(TimeSpan.FromMinutes(1));
        });
        // end

        ExplorationFailure failure = Assert.Single(report.Failures);
        Assert.Equal(
            3, failure.Diagram.Participants.Count(static one => one.StartsWith("/user/c", StringComparison.Ordinal)));
    }

    private static async Task Shop(ExploredRun run)
    {
        IActorRef stock = run.System.ActorOf(Props.Create(() => new Stock(1)), "stock");
        IActorRef alice = run.System.ActorOf(Props.Create(() => new Customer(stock)), "alice");
        IActorRef bob = run.System.ActorOf(Props.Create(() => new Customer(stock)), "bob");
        alice.Tell("buy");
        bob.Tell("buy");
        await run.Pass(TimeSpan.FromMinutes(1));
    }

    // snippet: claims
    private sealed class Stock : ReceiveActor
    {
        public Stock(int items)
        {
            Items = items;
            Receive<string>(_ => Sender.Tell(Items));
            Receive<Take>(_ =>
            {
                Items--;
                Claim.Always(Items >= 0, "nothing is sold twice");
                Claim.Sometimes(Items == 0, "the last one is sold");
            });
        }

        public int Items { get; private set; }
    }

    private sealed class Customer : ReceiveActor
    {
        public Customer(IActorRef stock)
        {
            Receive<string>(_ => stock.Tell("how many?"));
            Receive<int>(count =>
            {
                if (count > 0)
                {
                    stock.Tell(new Take());
                }
                else
                {
                    Claim.Reachable("a customer goes home with nothing");
                }
            });
        }
    }
    // end

    private sealed record Take;
}
