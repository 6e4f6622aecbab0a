namespace ActorP2P.Determinism.TestKit.Tests;

/// <summary>Does what a function says with each message, at once.</summary>
public sealed class FunctionActor : ReceiveActor
{
    public FunctionActor(Action<object, IActorContext> work) => ReceiveAny(message => work(message, Context));
}
