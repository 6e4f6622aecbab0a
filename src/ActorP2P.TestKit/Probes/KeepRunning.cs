namespace ActorP2P.TestKit;

/// <summary>Stands for the pilot that returned it.</summary>
internal sealed class KeepRunning : AutoPilot
{
    public override AutoPilot Run(IActorRef sender, object message) =>
        throw new InvalidOperationException("KeepRunning is what a pilot returns, not a pilot.");
}
