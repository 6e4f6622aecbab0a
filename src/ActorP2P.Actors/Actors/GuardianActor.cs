namespace ActorP2P.Actors;

/// <summary>The top of a branch of the hierarchy: it handles nothing and supervises what is made from outside.</summary>
internal sealed class GuardianActor : ActorBase
{
    protected override bool Receive(object message) => false;
}
