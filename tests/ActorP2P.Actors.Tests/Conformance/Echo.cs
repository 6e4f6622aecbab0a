namespace ActorP2P.Actors.Tests.Conformance;

public sealed class Echo : UntypedActor
{
    protected override void OnReceive(object message) => Sender.Tell(message);
}
