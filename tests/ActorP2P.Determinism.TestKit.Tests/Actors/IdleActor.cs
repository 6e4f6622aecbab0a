namespace ActorP2P.Determinism.TestKit.Tests;

/// <summary>Says once that nothing has come for a while.</summary>
public sealed class IdleActor : ReceiveActor
{
    public IdleActor(IActorRef to, TimeSpan after)
    {
        Context.SetReceiveTimeout(after);
        Receive<ReceiveTimeout>(_ =>
        {
            Context.SetReceiveTimeout(null);
            to.Tell("idle");
        });
    }
}
