namespace ActorP2P.Determinism.TestKit.Tests;

#pragma warning disable xUnit1000 // It is not public, so that it runs inside of other tests alone.

/// <summary>Tests that fail; another test runs them.</summary>
internal sealed class FailingTests : SimulatedTestKit
{
    public static ExploreOptions Few { get; } = new() { Schedules = 7 };

    [Explore(Schedules = 10)]
    public void An_answer_never_comes()
    {
        IActorRef deaf = Sys.ActorOf(Props.Create(() => new Deaf()), "deaf");
        deaf.Tell("hello");
        ExpectMsg<string>();
    }

    [Explore(Options = nameof(Few))]
    public void Options_are_used() => Claim.Sometimes(World.Now > TimeSpan.FromHours(1), "it rains");

    private sealed class Deaf : UntypedActor
    {
        protected override void OnReceive(object message) => Unhandled(message);
    }
}
