namespace ActorP2P;

/// <summary>The handlers that a handle has of its own.</summary>
internal sealed class HandleHandlers
{
    private HandleHandlers(MessageCatalog catalog) => Catalog = catalog;

    /// <summary>The handlers, by message types. The types themselves are those of the node.</summary>
    public MessageCatalog Catalog { get; }

    /// <summary>Has the application register its handlers.</summary>
    /// <param name="node">The node, whose messages the handlers may be for.</param>
    /// <param name="register">Registers them; null: there are none.</param>
    /// <returns>The handlers; null when there are none.</returns>
    /// <exception cref="ArgumentException">Something was registered that handles cannot have.</exception>
    /// <exception cref="InvalidOperationException">
    /// A type has a handler already, or its code belongs to another message of the node.
    /// </exception>
    public static HandleHandlers? Of(P2PNode node, Action<ProtocolBuilder>? register)
    {
        if (register is null)
        {
            return null;
        }

        MessageCatalog catalog = new(node.Context.Catalog);
        register(new ProtocolBuilder(catalog));
        string? wrong = catalog.Broadcasts.Count > 0 ? "a handler of broadcasts"
            : catalog.Streams.Count > 0 ? "a handler of streams"
            : catalog.ServiceNames.Count > 0 ? "a service"
            : catalog.Admissions is { Connection: not null } or { Peer: not null } or { HasServices: true }
                ? "an admission callback"
            : null;
        if (wrong is not null)
        {
            throw new ArgumentException(
                $"{nameof(PeerHandleOptions.Handlers)} registers {wrong}; allowed: handlers of notifies and requests.",
                nameof(register));
        }

        foreach (RouteTarget route in catalog.Routes)
        {
            if (route.IsPath || route.Find(node.ActorSystem) is not { } actor || actor.IsNobody())
            {
                throw new ArgumentException(
                    $"{nameof(PeerHandleOptions.Handlers)} routes messages to {route.Name}; allowed: references of "
                    + "actors, and keys that the registry has an actor under.", nameof(register));
            }
        }

        return new HandleHandlers(catalog);
    }
}
