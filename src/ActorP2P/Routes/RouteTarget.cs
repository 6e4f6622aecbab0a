namespace ActorP2P;

/// <summary>Where a route leads.</summary>
/// <param name="name">What messages about it call it; the actor's path, when <paramref name="find"/> is null.</param>
/// <param name="find">Finds the actor, for each message again; null: the one that is at the path at the start.</param>
internal sealed class RouteTarget(string name, Func<ActorSystem, IActorRef?>? find)
{
    // An actor that is blocked in its turn, or on a system that cannot be reached, must not hold up the start for ever.
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(10);

    private IActorRef? _atPath;

    /// <summary>What messages about it call it.</summary>
    public string Name => name;

    /// <summary>The actor; null when there is none.</summary>
    public IActorRef? Find(ActorSystem system) => find is null ? _atPath : find(system);

    /// <summary>Checks at the node's start that there is an actor.</summary>
    /// <exception cref="NodeStoppedException">There is none, or it does not answer.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public async Task RequireAsync(ActorSystem system, TimeProvider time, CancellationToken cancellationToken)
    {
        if (find is null)
        {
            using CancellationTokenSource patience = new(s_patience, time);
            using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(
                cancellationToken, patience.Token);
            try
            {
                // Akka answers for an actor that is not there.
                ActorIdentity identity = await system.ActorSelection(name)
                    .Ask<ActorIdentity>(new Identify(null), Timeout.InfiniteTimeSpan, CancellationToken.None)
                    .OrCancelled(either.Token);
                _atPath = identity.Subject;
            }
            catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
            {
                throw new NodeStoppedException(
                    $"The node cannot route messages to {name}: the actor has not answered in {s_patience}.");
            }
        }

        if (Find(system) is not { } actor || actor.IsNobody() || HasEnded(actor))
        {
            throw new NodeStoppedException($"The node cannot route messages to {name}: there is no such actor.");
        }
    }

    private static bool HasEnded(IActorRef actor) => actor is InternalActorRefBase { IsTerminated: true };
}
