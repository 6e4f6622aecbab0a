namespace ActorP2P.Determinism.TestKit.Tests;

/// <summary>Knows what everything costs.</summary>
internal sealed class Prices : ReceiveActor
{
    public Prices() => Receive<Add>(add => Sender.Tell(new Price(add.What, 3)));
}
