using Akka.Actor;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;

namespace ActorP2P.Hosting;

/// <summary>Adds nodes to a host that has no actor system: each makes one of its own.</summary>
public static class P2PServiceCollectionExtensions
{
    /// <summary>
    /// Adds a node. It starts with the host, so that a port which is taken stops the host with its reason, and says
    /// goodbye to its peers when the host stops. <see cref="P2PNode"/> can be injected; before the start its members
    /// throw an <see cref="InvalidOperationException"/>.
    /// </summary>
    /// <param name="services">The host's services.</param>
    /// <param name="configure">Says more of it; null: nothing.</param>
    /// <exception cref="InvalidOperationException">A node without a name was added before.</exception>
    public static IServiceCollection AddActorP2P(
        this IServiceCollection services, Action<P2PNodeBuilder>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        return services.AddNode("", configure);
    }

    /// <summary>
    /// Adds a node whose settings are bound from a section of the host's configuration, and checked when the host
    /// starts.
    /// </summary>
    /// <inheritdoc cref="AddActorP2P(IServiceCollection, Action{P2PNodeBuilder})"/>
    /// <param name="services">The host's services.</param>
    /// <param name="section">
    /// The section; its keys are those of HOCON, or the names of the properties of <see cref="P2PNodeOptions"/>. When
    /// it changes, what can be changed on a running node follows it.
    /// </param>
    /// <param name="configure">Says more of it; null: nothing.</param>
    public static IServiceCollection AddActorP2P(
        this IServiceCollection services, IConfiguration section, Action<P2PNodeBuilder>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(section);
        services.BindNode("", section);
        return services.AddNode("", configure);
    }

    /// <summary>
    /// Adds one of several nodes. It is injected by its name: <c>[FromKeyedServices("lobby")] P2PNode node</c>.
    /// </summary>
    /// <inheritdoc cref="AddActorP2P(IServiceCollection, Action{P2PNodeBuilder})"/>
    /// <param name="services">The host's services.</param>
    /// <param name="name">Its name, which its measurements bear too, and its options if they are bound.</param>
    /// <param name="configure">Says more of it; null: nothing.</param>
    /// <exception cref="ArgumentException">The name is empty.</exception>
    /// <exception cref="InvalidOperationException">A node of that name was added before.</exception>
    public static IServiceCollection AddActorP2P(
        this IServiceCollection services, string name, Action<P2PNodeBuilder>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        return services.AddNode(name, configure);
    }

    /// <summary>
    /// Adds one of several nodes, with settings that are bound from a section of the host's configuration, and checked
    /// when the host starts. It is injected by its name: <c>[FromKeyedServices("lobby")] P2PNode node</c>.
    /// </summary>
    /// <inheritdoc cref="AddActorP2P(IServiceCollection, string, Action{P2PNodeBuilder})"/>
    /// <param name="services">The host's services.</param>
    /// <param name="name">Its name, which its measurements and its options bear too.</param>
    /// <param name="section">
    /// The section; its keys are those of HOCON, or the names of the properties of <see cref="P2PNodeOptions"/>. When
    /// it changes, what can be changed on a running node follows it.
    /// </param>
    /// <param name="configure">Says more of it; null: nothing.</param>
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
    /// Lets the nodes of <c>WithP2PNode</c> be injected by their names: <c>[FromKeyedServices("lobby")] P2PNode
    /// node</c>; and, in an actor system with one node, without a name. They can be injected before they start; until
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
                + $"WithP2PNode has added: {(names.Length == 0 ? "none" : string.Join(", ", names))}.");
    }

    private static IServiceCollection AddNode(
        this IServiceCollection services, string name, Action<P2PNodeBuilder>? configure)
    {
        if (services.Any(added => added.ServiceType == typeof(HostedNode) && name.Equals(added.ServiceKey)))
        {
            throw new InvalidOperationException(name.Length == 0
                ? "A node without a name was added before; allowed: one, and any number with different names."
                : $"A node '{name}' was added before; allowed: one of each name.");
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
