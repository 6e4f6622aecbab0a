namespace ActorP2P.Actors.Tests.Conformance;

/// <summary>A child that reports its end.</summary>
public sealed class Mourned : UntypedActor
{
    private readonly Recorder _said;

    public Mourned(Recorder said) => _said = said;

    protected override void PostStop() => _said.Add("child.PostStop");

    protected override void OnReceive(object message)
    {
    }
}
