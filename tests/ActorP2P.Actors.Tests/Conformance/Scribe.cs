namespace ActorP2P.Actors.Tests.Conformance;

/// <summary>Hands every message to a test.</summary>
public sealed class Scribe : UntypedActor
{
    private readonly Action<object> _tell;

    public Scribe(Action<object> tell) => _tell = tell;

    protected override void OnReceive(object message) => _tell(message);
}
