using Akka.Actor;
using Akka.Configuration;
using Akka.DependencyInjection;
using Akka.Hosting;

namespace ActorP2P.Hosting;

/// <summary>Adds nodes to an actor system of Akka.Hosting.</summary>
public static class P2PHostingExtensions
{
    /// <summary>
    /// Adds a node. It starts with the host, so that a port which is taken stops the host with its reason; it stops with the host,
    /// so that its peers read a goodbye and never a reset. <c>P2PNodes.Of(system)[name]</c> is the node; an
    /// <c>IRequiredActor&lt;P2PNodeKey&gt;</c> is its manager.
    /// </summary>
    /// <param name="builder">The actor system.</param>
    /// <param name="name">
    /// The node's name in the system; its settings are read from the section <c>actorp2p.NAME</c> of the system's configuration.
    /// </param>
    /// <param name="configure">Says more of it; null: nothing.</param>
    /// <exception cref="ArgumentException">The name is empty.</exception>
    public static AkkaConfigurationBuilder WithP2PNode(
        this AkkaConfigurationBuilder builder, string name, Action<P2PNodeBuilder>? configure = null) =>
        builder.WithP2PNode<P2PNodeKey>(name, configure);

    /// <summary>Adds a node whose manager the registry has under a key, so that a system may have several.</summary>
    /// <typeparam name="TKey">The key.</typeparam>
    /// <param name="builder">The actor system.</param>
    /// <param name="name">The node's name in the system, and that of its section below <c>actorp2p</c>.</param>
    /// <param name="configure">Says more of it; null: nothing.</param>
    /// <exception cref="ArgumentException">The name is empty.</exception>
    public static AkkaConfigurationBuilder WithP2PNode<TKey>(
        this AkkaConfigurationBuilder builder, string name, Action<P2PNodeBuilder>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        P2PNodeBuilder options = new();
        configure?.Invoke(options);
        return builder.AddStartup((system, registry) => StartAsync<TKey>(system, registry, name, options));
    }

    // That its peers read a goodbye when the host stops needs nothing here: a node says it in its system's coordinated shutdown.
    private static async Task StartAsync<TKey>(
        ActorSystem system, IActorRegistry registry, string name, P2PNodeBuilder options)
    {
        Config section = system.Settings.Config.GetConfig($"actorp2p.{name}") ?? Config.Empty;
        IServiceProvider provider = DependencyResolver.For(system).Resolver.GetService<IServiceProvider>();
        P2PNode node = new();
        await options.StartAsync(node, P2PNodeOptions.From(section), new P2PNodeServices { ActorSystem = system, Name = name },
            provider, CancellationToken.None);
        P2PNodes.Of(system).Add(name, node);
        registry.Register<TKey>(node.Manager);
    }
}
