namespace ActorP2P;

/// <summary>
/// Has an actor of the host say whether peers are admitted. The actor receives a <see cref="Candidate"/> and sends an
/// <see cref="Admission"/> to its sender. If it answers with anything else, or has ended, the peer is refused.
/// </summary>
public sealed class AdmissionRoute : MessageRoute
{
    private readonly ProtocolBuilder _protocol;
    private readonly Action<AdmissionCallback> _register;

    internal AdmissionRoute(ProtocolBuilder protocol, Action<AdmissionCallback> register)
    {
        _protocol = protocol;
        _register = register;
    }

    internal override ProtocolBuilder RouteTo(RouteTarget target)
    {
        _protocol.Routed(target);
        _register((node, candidate, cancellationToken) => AskAsync(target, node, candidate, cancellationToken));
        return _protocol;
    }

    private static async ValueTask<Admission?> AskAsync(
        RouteTarget target, P2PNode node, Candidate candidate, CancellationToken cancellationToken)
    {
        IActorRef actor = target.Find(node.ActorSystem) is { } found && !found.IsNobody()
            ? found
            : throw new RouteException(RouteFailure.NoActor, $"there is no {target.Name}");
        using RouteReply reply = new(
            ((ExtendedActorSystem)node.ActorSystem).Provider, (IInternalActorRef)actor, target.Name);
        using CancellationTokenRegistration registration = reply.EndWith(cancellationToken);
        reply.Actor.Tell(candidate, reply);
        object answer = await reply.Answer;
        return answer as Admission ?? throw new RouteException(
            RouteFailure.UnexpectedAnswer,
            $"{target.Name} answered a {nameof(Candidate)} with a {answer.GetType().Name}; allowed: "
            + nameof(Admission));
    }
}
