using Akka.Hosting;

namespace ActorP2P.Hosting;

/// <summary>Routes messages of peers to actors of Akka.Hosting's registry.</summary>
public static class P2PRouteExtensions
{
    /// <summary>
    /// Routes to the actor that the registry has under a key, as <c>WithActors</c> registers it. It is looked up for
    /// each message, so one that is registered anew takes the place of one that has ended. A node whose route leads to
    /// no actor does not start.
    /// </summary>
    /// <typeparam name="TKey">The key.</typeparam>
    /// <param name="route">The route.</param>
    /// <returns>The protocol, for the next handler.</returns>
    /// <exception cref="InvalidOperationException">
    /// The type has a handler already, belongs to another service, or names another answer.
    /// </exception>
    public static ProtocolBuilder RouteTo<TKey>(this MessageRoute route)
    {
        ArgumentNullException.ThrowIfNull(route);
        return route.RouteTo(new RouteTarget(
            $"the registry's {typeof(TKey).Name}",
            static system => ActorRegistry.For(system).TryGet<TKey>(out Akka.Actor.IActorRef? actor) ? actor : null));
    }
}
