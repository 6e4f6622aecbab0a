namespace ActorP2P;

/// <summary>Where a route leads.</summary>
/// <param name="name">What messages about it call it; the actor's path, when <paramref name="find"/> is null.</param>
/// <param name="find">Finds the actor, for each message again; null: the one that is at the path at the start.</param>
internal sealed class RouteTarget(string name, Func<ActorSystem, IActorRef?>? find)
{
    private IActorRef? _atPath;

    /// <summary>What messages about it call it.</summary>
    public string Name => name;

    /// <summary>The actor; null when there is none.</summary>
    public IActorRef? Find(ActorSystem system) => find is null ? _atPath : find(system);

    /// <summary>Checks at the node's start that there is an actor.</summary>
    /// <exception cref="NodeStoppedException">There is none.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public async Task RequireAsync(ActorSystem system, CancellationToken cancellationToken)
    {
        if (find is null)
        {
            // Whoever stands in for an actor that is not there answers that it is not.
            ActorIdentity identity = await system.ActorSelection(name)
                .Ask<ActorIdentity>(new Identify(null), Timeout.InfiniteTimeSpan, CancellationToken.None)
                .OrCancelled(cancellationToken);
            _atPath = identity.Subject;
        }

        if (Find(system) is not { } actor || actor.IsNobody() || HasEnded(actor))
        {
            throw new NodeStoppedException($"The node cannot route messages to {name}: there is no such actor.");
        }
    }

    private static bool HasEnded(IActorRef actor) => actor is InternalActorRefBase { IsTerminated: true };
}
