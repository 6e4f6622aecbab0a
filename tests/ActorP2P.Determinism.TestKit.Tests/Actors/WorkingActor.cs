namespace ActorP2P.Determinism.TestKit.Tests;

/// <summary>Does what a function says with each message, asynchronously.</summary>
public sealed class WorkingActor : ReceiveActor
{
    public WorkingActor(Func<object, IActorContext, Task> work) => ReceiveAnyAsync(message => work(message, Context));
}
