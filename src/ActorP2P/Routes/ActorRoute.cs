using ActorP2P.Protocol;

namespace ActorP2P;

/// <summary>A handler that hands messages to an actor of the host, and gives what the actor answers.</summary>
/// <param name="target">The actor.</param>
/// <param name="wrap">Gives what the actor is told.</param>
/// <param name="timeout">How long the actor may take; null: as long as an ask.</param>
internal sealed class ActorRoute<TMessage, TContext>(
    RouteTarget target, Func<TMessage, TContext, object> wrap, TimeSpan? timeout)
    where TContext : MessageContext
{
    /// <summary>The actor.</summary>
    public RouteTarget Target => target;

    /// <summary>Asks the actor.</summary>
    /// <exception cref="RouteException">There is no answer of the type; the exception says why.</exception>
    /// <exception cref="OperationCanceledException">Nobody waits for the answer any more.</exception>
    public async ValueTask<TAnswer> AskAsync<TAnswer>(TMessage message, TContext context)
    {
        P2PNode node = context.Node;
        TimeSpan? limit = WaitTime.Limit(timeout ?? node.Settings.RequestTimeout, nameof(timeout));
        using RouteReply reply = Begin(node);
        reply.EndAfter(limit, node.Context.TimeProvider);
        using CancellationTokenRegistration registration = reply.EndWith(context.CancellationToken);
        reply.Actor.Tell(wrap(message, context), reply);
        return await reply.Answer is TAnswer answer ? answer : throw new RouteException(
            RouteFailure.UnexpectedAnswer, $"{target.Name} answered a {typeof(TMessage).Name} with a "
            + $"{(await reply.Answer).GetType().Name}; allowed: {typeof(TAnswer).Name}");
    }

    /// <summary>
    /// Tells the actor, with the peer as the sender, and waits until the actor has come to the message: until then the
    /// peer's credit is held, so a peer cannot fill the actor's mailbox.
    /// </summary>
    /// <exception cref="RouteException">The actor has ended.</exception>
    /// <exception cref="OperationCanceledException">The connection has ended.</exception>
    public async ValueTask TellAsync(TMessage message, TContext context)
    {
        using RouteReply reply = Begin(context.Node);
        using CancellationTokenRegistration registration = reply.EndWith(context.CancellationToken);
        reply.Actor.Tell(wrap(message, context), context.Peer.Ref);

        // The actor comes to it after the message, and every actor answers it.
        reply.Actor.Tell(new Identify(null), reply);
        await reply.Answer;
    }

    private RouteReply Begin(P2PNode node) => target.Find(node.ActorSystem) is { } actor && !actor.IsNobody()
        ? new RouteReply(((ExtendedActorSystem)node.ActorSystem).Provider, (IInternalActorRef)actor, target.Name)
        : throw new RouteException(RouteFailure.NoActor, $"there is no {target.Name}");
}
