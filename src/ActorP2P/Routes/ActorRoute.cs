using ActorP2P.Protocol;

namespace ActorP2P;

/// <summary>A handler that passes messages to an actor of the host and returns the actor's answer.</summary>
/// <param name="target">The target of the route.</param>
/// <param name="wrap">Makes the message that the actor receives.</param>
/// <param name="timeout">How long the actor may take to answer; null: as long as an ask.</param>
internal sealed class ActorRoute<TMessage, TContext>(
    RouteTarget target, Func<TMessage, TContext, object> wrap, TimeSpan? timeout)
    where TContext : MessageContext
{
    /// <summary>The target of the route.</summary>
    public RouteTarget Target => target;

    /// <summary>Sends the actor a message and waits for the answer.</summary>
    /// <exception cref="RouteException">The actor gave no answer of this type; the exception says why.</exception>
    /// <exception cref="OperationCanceledException">The outcome is no longer needed.</exception>
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
    /// Sends the actor a message with the peer as its sender, and waits until the actor has taken the message from its
    /// mailbox. The peer's credit is held until then, so that a peer cannot fill the mailbox.
    /// </summary>
    /// <exception cref="RouteException">The actor has ended.</exception>
    /// <exception cref="OperationCanceledException">The connection has ended.</exception>
    public async ValueTask TellAsync(TMessage message, TContext context)
    {
        using RouteReply reply = Begin(context.Node);
        using CancellationTokenRegistration registration = reply.EndWith(context.CancellationToken);
        reply.Actor.Tell(wrap(message, context), context.Peer.Ref);

        // The actor handles this Identify after the message, and Akka answers it for every actor.
        reply.Actor.Tell(new Identify(null), reply);
        await reply.Answer;
    }

    /// <summary>
    /// Gives the actor a stream and waits until the actor answers that it needs the stream no more. Without a timeout
    /// of the route it may take as long as the connection lasts.
    /// </summary>
    /// <exception cref="RouteException">The actor gave no such answer; the exception says why.</exception>
    /// <exception cref="OperationCanceledException">
    /// The peer has reset the stream, or the connection has ended.
    /// </exception>
    public async ValueTask LendAsync(TMessage message, TContext context)
    {
        using RouteReply reply = Begin(context.Node);
        reply.EndAfter(timeout, context.Node.Context.TimeProvider);
        using CancellationTokenRegistration registration = reply.EndWith(context.CancellationToken);
        reply.Actor.Tell(wrap(message, context), reply);
        if (await reply.Answer is not P2P.StreamHandled)
        {
            throw new RouteException(
                RouteFailure.UnexpectedAnswer, $"{target.Name} answered the stream of a {typeof(TMessage).Name} with a "
                + $"{(await reply.Answer).GetType().Name}; allowed: {nameof(P2P.StreamHandled)}");
        }
    }

    private RouteReply Begin(P2PNode node) => target.Find(node.ActorSystem) is { } actor && !actor.IsNobody()
        ? new RouteReply(((ExtendedActorSystem)node.ActorSystem).Provider, (IInternalActorRef)actor, target.Name)
        : throw new RouteException(RouteFailure.NoActor, $"there is no {target.Name}");
}
