namespace ActorP2P;

/// <summary>
/// Routes the messages of one type to an actor of the host. <see cref="ProtocolBuilder"/> makes a route, and
/// <c>RouteTo</c> names the actor and registers the handler.
/// </summary>
public abstract class MessageRoute
{
    private protected MessageRoute()
    {
    }

    /// <summary>Routes to an actor.</summary>
    /// <param name="actor">The actor. A node does not start if the actor has ended.</param>
    /// <returns>The protocol, for the next handler.</returns>
    /// <exception cref="InvalidOperationException">
    /// The type has a handler already, belongs to another service, or names another answer.
    /// </exception>
    public ProtocolBuilder RouteTo(IActorRef actor)
    {
        ArgumentNullException.ThrowIfNull(actor);
        return RouteTo(new RouteTarget($"{actor.Path.ToStringWithoutAddress()}", _ => actor));
    }

    /// <summary>
    /// Routes to the actor at a path, which must exist when the node starts. If that actor ends, an actor made later at
    /// the same path does not take its place.
    /// </summary>
    /// <param name="path">The path in the node's actor system, such as <c>/user/board</c>.</param>
    /// <returns>The protocol, for the next handler.</returns>
    /// <exception cref="ArgumentException">The path is empty.</exception>
    /// <exception cref="InvalidOperationException">
    /// The type has a handler already, belongs to another service, or names another answer.
    /// </exception>
    public ProtocolBuilder RouteTo(string path)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        return RouteTo(new RouteTarget(path, find: null));
    }

    /// <summary>Routes to the actor that the target finds.</summary>
    internal abstract ProtocolBuilder RouteTo(RouteTarget target);
}
