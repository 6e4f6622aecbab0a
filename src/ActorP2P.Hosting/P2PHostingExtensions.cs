using Akka.Actor;
using Akka.Configuration;
using Akka.DependencyInjection;
using Akka.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Primitives;

namespace ActorP2P.Hosting;

/// <summary>Adds nodes to an actor system of Akka.Hosting.</summary>
public static partial class P2PHostingExtensions
{
    /// <summary>
    /// Adds a node. It starts with the host, when the host's actors have been made, so that a port which is taken stops
    /// the host with its reason; it stops with the host, so that its peers read a goodbye and never a reset.
    /// <c>P2P.Get(system)[name]</c> is the node; <c>services.AddP2PNodes()</c> lets it be injected; an
    /// <c>IRequiredActor&lt;P2PNodeKey&gt;</c> is its manager.
    /// </summary>
    /// <param name="builder">The actor system.</param>
    /// <param name="name">
    /// The node's name in the system; its settings are read from the section <c>actorp2p.NAME</c> of the system's
    /// configuration.
    /// </param>
    /// <param name="configure">Says more of it; null: nothing.</param>
    /// <exception cref="ArgumentException">The name is empty.</exception>
    /// <exception cref="InvalidOperationException">
    /// A node of that name, or of that key, was added before.
    /// </exception>
    public static AkkaConfigurationBuilder WithP2PNode(
        this AkkaConfigurationBuilder builder, string name, Action<P2PNodeBuilder>? configure = null) =>
        builder.WithP2PNode<P2PNodeKey>(name, configure);

    /// <summary>Adds a node, and says what it does with messages.</summary>
    /// <inheritdoc cref="WithP2PNode(AkkaConfigurationBuilder, string, Action{P2PNodeBuilder})"/>
    /// <param name="builder">The actor system.</param>
    /// <param name="name">The node's name in the system, and that of its section below <c>actorp2p</c>.</param>
    /// <param name="protocol">Registers handlers and routes, when the node starts.</param>
    public static AkkaConfigurationBuilder WithP2PNode(
        this AkkaConfigurationBuilder builder, string name, Action<ProtocolBuilder> protocol) =>
        builder.WithP2PNode<P2PNodeKey>(name, protocol);

    /// <summary>Adds a node whose manager the registry has under a key, so that a system may have several.</summary>
    /// <inheritdoc cref="WithP2PNode(AkkaConfigurationBuilder, string, Action{P2PNodeBuilder})"/>
    /// <typeparam name="TKey">The key.</typeparam>
    /// <param name="builder">The actor system.</param>
    /// <param name="name">The node's name in the system, and that of its section below <c>actorp2p</c>.</param>
    /// <param name="configure">Says more of it; null: nothing.</param>
    public static AkkaConfigurationBuilder WithP2PNode<TKey>(
        this AkkaConfigurationBuilder builder, string name, Action<P2PNodeBuilder>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        P2PNodeBuilder options = new();
        configure?.Invoke(options);
        P2PNode node = SetupOf(builder).Add(name, typeof(TKey));
        return builder.AddStartup((system, registry) => StartAsync<TKey>(system, registry, name, node, options, null));
    }

    /// <summary>
    /// Adds a node whose manager the registry has under a key, and says what it does with messages.
    /// </summary>
    /// <inheritdoc cref="WithP2PNode(AkkaConfigurationBuilder, string, Action{P2PNodeBuilder})"/>
    /// <typeparam name="TKey">The key.</typeparam>
    /// <param name="builder">The actor system.</param>
    /// <param name="name">The node's name in the system, and that of its section below <c>actorp2p</c>.</param>
    /// <param name="protocol">Registers handlers and routes, when the node starts.</param>
    public static AkkaConfigurationBuilder WithP2PNode<TKey>(
        this AkkaConfigurationBuilder builder, string name, Action<ProtocolBuilder> protocol)
    {
        ArgumentNullException.ThrowIfNull(protocol);
        return builder.WithP2PNode<TKey>(name, (P2PNodeBuilder node) => node.WithProtocol(protocol));
    }

    private static P2PSetup SetupOf(AkkaConfigurationBuilder builder)
    {
        if (builder.Setups.OfType<P2PSetup>().FirstOrDefault() is { } known)
        {
            return known;
        }

        P2PSetup setup = new();
        builder.AddSetup(setup);
        return setup;
    }

    // That its peers read a goodbye when the host stops needs nothing here: a node says it in its system's coordinated
    // shutdown.
    private static async Task StartAsync<TKey>(
        ActorSystem system,
        IActorRegistry registry,
        string name,
        P2PNode node,
        P2PNodeBuilder options,
        IConfiguration? section)
    {
        IServiceProvider provider = DependencyResolver.For(system).Resolver.GetService<IServiceProvider>();
        P2PNodeOptions settings = section is null
            ? OfSystem(system, name, provider)
            : Follow(system, name, node, options, section, provider);
        P2PNodeServices supplied = new() { ActorSystem = system, Name = name };
        await options.StartAsync(node, settings, supplied, provider, CancellationToken.None);
        registry.Register<TKey>(node.Manager);
    }

    /// <summary>
    /// Reads a node's section of the actor system's configuration, and warns of keys that are no settings.
    /// </summary>
    /// <exception cref="ArgumentException">
    /// A value is not allowed; the message names the section and the key.
    /// </exception>
    private static P2PNodeOptions OfSystem(ActorSystem system, string name, IServiceProvider provider)
    {
        Config section = system.Settings.Config.GetConfig($"actorp2p.\"{name}\"") ?? Config.Empty;
        try
        {
            P2PNodeOptions settings = P2PNodeOptions.From(section, out IReadOnlyList<UnknownSetting> unknown);
            foreach (UnknownSetting setting in HostingLog.For(provider) is null ? [] : unknown)
            {
                HostingLog.UnknownSetting(HostingLog.For(provider)!, $"actorp2p.{name}.{setting}");
            }

            return settings;
        }
        catch (ArgumentException refused)
        {
            throw new ArgumentException($"actorp2p.{name}: {refused.Message}", refused);
        }
    }

    /// <summary>Reads a node's section, and gives the node what it has after each change.</summary>
    private static P2PNodeOptions Follow(
        ActorSystem system,
        string name,
        P2PNode node,
        P2PNodeBuilder options,
        IConfiguration section,
        IServiceProvider provider)
    {
        NodeSettings settings = new(name, section, provider);
        SettingsFollower follower = new(node, name, options, HostingLog.For(provider));
        IDisposable following = ChangeToken.OnChange(
            settings.GetChangeToken, () => _ = follower.TakeAsync(settings.Current));
        system.RegisterOnTermination(() =>
        {
            following.Dispose();
            settings.Dispose();
        });
        return settings.Current;
    }
}
