namespace ActorP2P.TestKit;

/// <summary>Does nothing, and goes on doing it.</summary>
internal sealed class NoAutoPilot : AutoPilot
{
    public override AutoPilot Run(IActorRef sender, object message) => this;
}
