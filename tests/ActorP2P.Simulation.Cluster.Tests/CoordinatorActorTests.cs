using Akka.Actor;

namespace ActorP2P.Simulation.Tests;

public class CoordinatorActorTests
{
    // The test reaches this limit only when something hangs.
    private static readonly TimeSpan Guard = TimeSpan.FromSeconds(60);

    [Theory]
    [InlineData(true, "0.0.1", "the coordinator runs version ")]
    [InlineData(false, null, "the coordinator has read another scenario")]
    public async Task A_member_of_another_version_or_file_is_refused(bool sameFile, string? version, string said)
    {
        using ActorSystem system = ActorSystem.Create("coordinator");
        Scenario scenario = Scenario.FromFile(Path.Combine(AppContext.BaseDirectory, "small.conf"));
        ClusterRunState state = new(new ClusterRunOptions { Scenario = scenario }, null);
        IActorRef coordinator = system.ActorOf(Props.Create(() => new CoordinatorActor(state)));

        ClusterMessages.Refused refused = await coordinator.Ask<ClusterMessages.Refused>(
            new ClusterMessages.Hello(sameFile ? scenario.Digest : "other", version ?? state.Version), Guard);
        ClusterMessages.Welcome welcome = await coordinator.Ask<ClusterMessages.Welcome>(
            new ClusterMessages.Hello(scenario.Digest, state.Version), Guard);

        Assert.StartsWith(said, refused.Reason, StringComparison.Ordinal);
        Assert.NotNull(welcome);
    }
}
