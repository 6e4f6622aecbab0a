using Akka.Actor;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;

namespace ActorP2P.Hosting;

/// <summary>Adds nodes to a host without an actor system. Each node creates an actor system of its own.</summary>
public static class P2PServiceCollectionExtensions
{
    /// <summary>
    /// Adds a node. The node starts with the host; if its port is in use, the host stops with that reason. When the
    /// host stops, the node says goodbye to its peers. <see cref="P2PNode"/> can be injected; before the start its
    /// members throw an <see cref="InvalidOperationException"/>.
    /// </summary>
    /// <param name="services">The host's services.</param>
    /// <param name="configure">Configures the node further; null: nothing more.</param>
    /// <exception cref="InvalidOperationException">A node without a name has been added already.</exception>
    public static IServiceCollection AddActorP2P(
        this IServiceCollection services, Action<P2PNodeBuilder>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        return services.AddNode("", configure);
    }

    /// <summary>
    /// Adds a node whose settings are bound to a section of the host's configuration. They are validated when the host
    /// starts.
    /// </summary>
    /// <inheritdoc cref="AddActorP2P(IServiceCollection, Action{P2PNodeBuilder})"/>
    /// <param name="services">The host's services.</param>
    /// <param name="section">
    /// The section; its keys are HOCON keys or the names of properties of <see cref="P2PNodeOptions"/>. When the
    /// section changes, settings that can change on a running node are applied.
    /// </param>
    /// <param name="configure">Configures the node further; null: nothing more.</param>
    public static IServiceCollection AddActorP2P(
        this IServiceCollection services, IConfiguration section, Action<P2PNodeBuilder>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(section);
        services.BindNode("", section);
        return services.AddNode("", configure);
    }

    /// <summary>
    /// Adds one of several nodes. It is injected by name: <c>[FromKeyedServices("lobby")] P2PNode node</c>.
    /// </summary>
    /// <inheritdoc cref="AddActorP2P(IServiceCollection, Action{P2PNodeBuilder})"/>
    /// <param name="services">The host's services.</param>
    /// <param name="name">The name of the node, its measurements, and its bound options.</param>
    /// <param name="configure">Configures the node further; null: nothing more.</param>
    /// <exception cref="ArgumentException">The name is empty.</exception>
    /// <exception cref="InvalidOperationException">A node with that name has been added already.</exception>
    public static IServiceCollection AddActorP2P(
        this IServiceCollection services, string name, Action<P2PNodeBuilder>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        return services.AddNode(name, configure);
    }

    /// <summary>
    /// Adds one of several nodes, with settings that are bound to a section of the host's configuration and validated
    /// when the host starts. It is injected by name: <c>[FromKeyedServices("lobby")] P2PNode node</c>.
    /// </summary>
    /// <inheritdoc cref="AddActorP2P(IServiceCollection, string, Action{P2PNodeBuilder})"/>
    /// <param name="services">The host's services.</param>
    /// <param name="name">The name of the node, its measurements, and its options.</param>
    /// <param name="section">
    /// The section; its keys are HOCON keys or the names of properties of <see cref="P2PNodeOptions"/>. When the
    /// section changes, settings that can change on a running node are applied.
    /// </param>
    /// <param name="configure">Configures the node further; null: nothing more.</param>
    public static IServiceCollection AddActorP2P(
        this IServiceCollection services, string name, IConfiguration section, Action<P2PNodeBuilder>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentNullException.ThrowIfNull(section);
        services.BindNode(name, section);
        return services.AddNode(name, configure);
    }

    /// <summary>
    /// Makes the nodes of <c>WithP2PNode</c> injectable by name: <c>[FromKeyedServices("lobby")] P2PNode node</c>. The
    /// only node of an actor system can also be injected without a name. Nodes can be injected before they start; until
    /// then their members throw an <see cref="InvalidOperationException"/>.
    /// </summary>
    /// <param name="services">The host's services, with <c>AddAkka</c>.</param>
    public static IServiceCollection AddP2PNodes(this IServiceCollection services)
    {
        ArgumentNullException.ThrowIfNull(services);
        services.TryAddKeyedSingleton(KeyedService.AnyKey, static (provider, name) => Find(provider, name as string));
        services.TryAddSingleton(static provider => Find(provider, null));
        return services;
    }

    private static P2PNode Find(IServiceProvider provider, string? name)
    {
        P2PSetup? setup = provider.GetService<ActorSystem>() is { } system
            && system.Settings.Setup.Get<P2PSetup>() is { HasValue: true } found ? found.Value : null;
        string[] names = [.. setup?.Names ?? []];
        return name is null && names.Length == 1 ? setup!.Find(names[0])!
            : name is not null && setup?.Find(name) is { } node ? node
            : throw new InvalidOperationException(
                $"There is no {(name is null ? "single node" : $"node '{name}'")} in this host's actor system. "
                + $"Nodes of WithP2PNode: {(names.Length == 0 ? "none" : string.Join(", ", names))}.");
    }

    private static IServiceCollection AddNode(
        this IServiceCollection services, string name, Action<P2PNodeBuilder>? configure)
    {
        if (services.Any(added => added.ServiceType == typeof(HostedNode) && name.Equals(added.ServiceKey)))
        {
            throw new InvalidOperationException(name.Length == 0
                ? "A node without a name has been added already; allowed: one, and any number with different names."
                : $"A node '{name}' has been added already; allowed: one of each name.");
        }

        P2PNodeBuilder builder = new();
        configure?.Invoke(builder);
        services.AddOptions();
        services.AddKeyedSingleton(name, (provider, _) => new HostedNode(name, builder, provider));
        services.AddSingleton<IHostedService>(provider => provider.GetRequiredKeyedService<HostedNode>(name));
        return name.Length == 0
            ? services.AddSingleton(provider => provider.GetRequiredKeyedService<HostedNode>(name).Node)
            : services.AddKeyedSingleton(
                name, (provider, _) => provider.GetRequiredKeyedService<HostedNode>(name).Node);
    }
}
