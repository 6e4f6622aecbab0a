namespace ActorP2P.Determinism.Tests;

/// <summary>Claims of a program, in explorations, in simulations and outside of them.</summary>
public sealed class ClaimTests
{
    private static readonly ExploreOptions s_options = new() { Schedules = 20, ReportFolder = "" };

    [Fact]
    public void Outside_of_simulations_claims_do_nothing()
    {
        Claim.Always(false, "never mind");
        Claim.Unreachable("never mind");
        Claim.Sometimes(false, "never mind");
        Claim.Reachable("never mind");
        Claim.Show("nothing");
    }

    [Fact]
    public void A_simulation_ends_when_a_claim_fails_in_an_actor()
    {
        SimulatedWorld world = new(1);
        ActorSystem system = SimulatedSystem.Create(world, "claims");
        system.ActorOf(new Hooks { Receive = (_, _) => Claim.Always(false, "it holds") }.ToProps()).Tell("now");

        ClaimFailedException failure = Assert.Throws<ClaimFailedException>(() => world.RunFor(TimeSpan.FromSeconds(1)));

        Assert.Equal("it holds", failure.Claim);
        Assert.StartsWith("ClaimTests.cs:", failure.Place, StringComparison.Ordinal);
    }

    [Fact]
    public void A_claim_that_an_actor_catches_ends_the_run_all_the_same()
    {
        SimulatedWorld world = new(1);
        ActorSystem system = SimulatedSystem.Create(world, "claims");
        system.ActorOf(new Hooks
        {
            Receive = (_, _) => Record.Exception(static () => Claim.Unreachable("here")),
        }.ToProps()).Tell("now");

        Assert.Throws<ClaimFailedException>(() => world.RunFor(TimeSpan.FromSeconds(1)));
    }

    [Fact]
    public void What_no_run_has_met_is_named()
    {
        ExplorationReport report = Explore.Find(s_options, async run =>
        {
            IActorRef actor = run.System.ActorOf(Props.Create(() => new Claiming()));
            Assert.Equal("yes", await actor.Ask<string>(1));
            Claim.Sometimes(run.Now > TimeSpan.FromHours(1), "an hour passes");
        });

        Assert.False(report.IsSuccess);
        Assert.Equal(["an hour passes", "a text comes"], report.NeverMet.Select(static claim => claim.Name));
        Assert.Contains(report.Claims, static claim => claim is { Name: "a number comes", IsMet: true, Reached: 20 });
        Assert.Contains("Reachable 'a text comes'", report.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_claim_that_is_never_met_fails_the_exploration() => Assert.Contains(
        "never met: Sometimes 'it rains'",
        Assert.Throws<ExplorationFailedException>(() => Explore.Run(s_options, static _ =>
        {
            Claim.Sometimes(false, "it rains");
            return Task.CompletedTask;
        })).Message,
        StringComparison.Ordinal);

    private sealed class Claiming : ReceiveActor
    {
        public Claiming()
        {
            Receive<int>(_ =>
            {
                Claim.Reachable("a number comes");
                Sender.Tell("yes");
            });
            Receive<string>(_ => Claim.Reachable("a text comes"));
        }
    }
}
