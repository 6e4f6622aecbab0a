namespace ActorP2P.Determinism.TestKit.Tests;

/// <summary>Sends back what it gets.</summary>
public sealed class EchoActor : UntypedActor
{
    protected override void OnReceive(object message) => Sender.Tell(message, Self);
}
