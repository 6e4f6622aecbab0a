using Akka.Actor;

namespace ActorP2P.Simulation.Tests;

public class MemberActorTests
{
    // The test reaches this limit only when something hangs.
    private static readonly TimeSpan Guard = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task An_end_after_the_loss_of_the_coordinator_counts()
    {
        using ActorSystem system = ActorSystem.Create("member");
        Scenario scenario = Scenario.FromFile(Path.Combine(AppContext.BaseDirectory, "small.conf"));
        ClusterRunState state = new(new ClusterRunOptions { Scenario = scenario }, null);
        IActorRef member = system.ActorOf(Props.Create(() => new MemberActor(state, ActorRefs.Nobody)));

        // The loss of a remote coordinator may be noticed before its last message arrives.
        member.Tell(new ClusterMessages.Finished(2, 1), new FarCoordinator(system));

        ClusterRunReport report = await state.Ended.WaitAsync(Guard);
        Assert.Equal((2, 1), (report.Seeds, report.Failed));
    }

    private sealed class FarCoordinator(ActorSystem system) : MinimalActorRef
    {
        public override ActorPath Path { get; } =
            new RootActorPath(new Address("akka.tcp", "other", "far.example", 1)) / "coordinator";

        public override IActorRefProvider Provider => ((ExtendedActorSystem)system).Provider;
    }
}
