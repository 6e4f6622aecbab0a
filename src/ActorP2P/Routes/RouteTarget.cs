namespace ActorP2P;

/// <summary>The target of a route.</summary>
/// <param name="name">
/// The target's name in error messages; the path of the actor if <paramref name="find"/> is null.
/// </param>
/// <param name="find">
/// Finds the actor for each message; null for the actor that is at the path when the node starts.
/// </param>
internal sealed class RouteTarget(string name, Func<ActorSystem, IActorRef?>? find)
{
    // An actor that is blocked, or is on a system that cannot be reached, must not delay the start forever.
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(10);

    private IActorRef? _atPath;

    /// <summary>The target's name in error messages.</summary>
    public string Name => name;

    /// <summary>Whether the actor is looked up by its path when the node starts.</summary>
    public bool IsPath => find is null;

    /// <summary>The actor; null when there is none.</summary>
    public IActorRef? Find(ActorSystem system) => find is null ? _atPath : find(system);

    /// <summary>Checks at the node's start that the actor exists.</summary>
    /// <exception cref="NodeStoppedException">The actor does not exist or does not answer.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public async Task RequireAsync(ActorSystem system, TimeProvider time, CancellationToken cancellationToken)
    {
        if (find is null)
        {
            using TemporaryReply reply = new(((ExtendedActorSystem)system).Provider, name);
            reply.EndAfter(s_patience, time);
            using CancellationTokenRegistration registration = reply.EndWith(cancellationToken);

            // Akka answers in place of an actor that does not exist.
            system.ActorSelection(name).Tell(new Identify(null), reply);
            try
            {
                _atPath = ((ActorIdentity)await reply.Answer).Subject;
            }
            catch (RouteException late)
            {
                throw new NodeStoppedException(
                    $"The node cannot route messages to {name}: the actor has not answered in {s_patience}.", late);
            }
        }

        if (Find(system) is not { } actor || actor.IsNobody() || HasEnded(actor))
        {
            throw new NodeStoppedException($"The node cannot route messages to {name}: there is no such actor.");
        }
    }

    private static bool HasEnded(IActorRef actor) => actor is InternalActorRefBase { IsTerminated: true };
}
