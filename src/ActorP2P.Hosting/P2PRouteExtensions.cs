using Akka.Hosting;

namespace ActorP2P.Hosting;

/// <summary>Routes messages of peers to actors of Akka.Hosting's registry.</summary>
public static class P2PRouteExtensions
{
    /// <summary>
    /// Routes to the actor that is registered under a key, for example by <c>WithActors</c>. The actor is looked up for
    /// each message, so a newly registered actor replaces one that has ended. A node does not start if the route leads
    /// to no actor.
    /// </summary>
    /// <typeparam name="TKey">The key in the actor registry.</typeparam>
    /// <param name="route">The route.</param>
    /// <returns>The protocol, for the next handler.</returns>
    /// <exception cref="InvalidOperationException">
    /// The message type already has a handler, belongs to another service, or names another reply type.
    /// </exception>
    public static ProtocolBuilder RouteTo<TKey>(this MessageRoute route)
    {
        ArgumentNullException.ThrowIfNull(route);
        return route.RouteTo(new RouteTarget(
            $"the registry's {typeof(TKey).Name}",
            static system => ActorRegistry.For(system).TryGet<TKey>(out Akka.Actor.IActorRef? actor) ? actor : null));
    }
}
