namespace ActorP2P.TestKit;

/// <summary>A pilot made of a function.</summary>
/// <param name="run">Takes the sender and the message, gives the pilot for the next.</param>
public sealed class DelegateAutoPilot(Func<IActorRef, object, AutoPilot> run) : AutoPilot
{
    /// <inheritdoc/>
    public override AutoPilot Run(IActorRef sender, object message) => run(sender, message);
}
