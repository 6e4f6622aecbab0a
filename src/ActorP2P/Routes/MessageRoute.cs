namespace ActorP2P;

/// <summary>
/// Leads the messages of one type to an actor of the host. <see cref="ProtocolBuilder"/> makes it; <c>RouteTo</c> says
/// where to, and only then is there a handler.
/// </summary>
public abstract class MessageRoute
{
    private protected MessageRoute()
    {
    }

    /// <summary>Routes to an actor.</summary>
    /// <param name="actor">The actor. A node whose route leads to an actor that has ended does not start.</param>
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
    /// Routes to the actor that is at a path when the node starts. When that actor ends, one that is made there later
    /// is not taken in its place.
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

    /// <summary>Routes to whatever actor the target finds.</summary>
    internal abstract ProtocolBuilder RouteTo(RouteTarget target);
}
