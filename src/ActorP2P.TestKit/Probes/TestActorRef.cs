namespace ActorP2P.TestKit;

/// <summary>An actor whose instance a test may look into. Only while nothing is on its way to it: a turn may run elsewhere.</summary>
/// <typeparam name="TActor">The actor's type.</typeparam>
public sealed class TestActorRef<TActor>
    where TActor : ActorBase
{
    private readonly Func<TActor?> _instance;

    internal TestActorRef(IActorRef actor, Func<TActor?> instance)
    {
        Ref = actor;
        _instance = instance;
    }

    /// <summary>Its reference.</summary>
    public IActorRef Ref { get; }

    /// <summary>The instance of its present incarnation.</summary>
    /// <exception cref="InvalidOperationException">It has none yet.</exception>
    public TActor UnderlyingActor => _instance() ?? throw new InvalidOperationException($"The actor {Ref} has no instance yet.");
}
