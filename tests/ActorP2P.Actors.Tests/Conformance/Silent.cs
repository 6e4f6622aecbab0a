namespace ActorP2P.Actors.Tests.Conformance;

/// <summary>Takes everything and says nothing.</summary>
public sealed class Silent : UntypedActor
{
    protected override void OnReceive(object message)
    {
    }
}
