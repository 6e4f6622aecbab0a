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
    /// Adds a node. The node starts with the host, after the host's actors; if its port is in use, the host stops with
    /// that reason. The node stops with the host and says goodbye to its peers. <c>P2P.Get(system)[name]</c> returns
    /// the node, <c>services.AddP2PNodes()</c> makes it injectable, and <c>IRequiredActor&lt;P2PNodeKey&gt;</c> is its
    /// manager.
    /// </summary>
    /// <param name="builder">The actor system.</param>
    /// <param name="name">
    /// The node's name in the system. Its settings are in the section <c>actorp2p.NAME</c> of the system's
    /// configuration.
    /// </param>
    /// <param name="configure">Configures the node further; null: nothing more.</param>
    /// <exception cref="ArgumentException">The name is empty.</exception>
    /// <exception cref="InvalidOperationException">
    /// A node with that name or that key has been added already.
    /// </exception>
    public static AkkaConfigurationBuilder WithP2PNode(
        this AkkaConfigurationBuilder builder, string name, Action<P2PNodeBuilder>? configure = null) =>
        builder.WithP2PNode<P2PNodeKey>(name, configure);

    /// <summary>Adds a node with its handlers.</summary>
    /// <inheritdoc cref="WithP2PNode(AkkaConfigurationBuilder, string, Action{P2PNodeBuilder})"/>
    /// <param name="builder">The actor system.</param>
    /// <param name="name">The node's name in the system and of its section in <c>actorp2p</c>.</param>
    /// <param name="protocol">Registers handlers and routes; called when the node starts.</param>
    public static AkkaConfigurationBuilder WithP2PNode(
        this AkkaConfigurationBuilder builder, string name, Action<ProtocolBuilder> protocol) =>
        builder.WithP2PNode<P2PNodeKey>(name, protocol);

    /// <summary>
    /// Adds a node whose manager is registered under a key of its own. A system with several nodes needs this.
    /// </summary>
    /// <inheritdoc cref="WithP2PNode(AkkaConfigurationBuilder, string, Action{P2PNodeBuilder})"/>
    /// <typeparam name="TKey">The key in the actor registry.</typeparam>
    /// <param name="builder">The actor system.</param>
    /// <param name="name">The node's name in the system and of its section in <c>actorp2p</c>.</param>
    /// <param name="configure">Configures the node further; null: nothing more.</param>
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
    /// Adds a node with its handlers, whose manager is registered under a key of its own.
    /// </summary>
    /// <inheritdoc cref="WithP2PNode(AkkaConfigurationBuilder, string, Action{P2PNodeBuilder})"/>
    /// <typeparam name="TKey">The key in the actor registry.</typeparam>
    /// <param name="builder">The actor system.</param>
    /// <param name="name">The node's name in the system and of its section in <c>actorp2p</c>.</param>
    /// <param name="protocol">Registers handlers and routes; called when the node starts.</param>
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

    // The goodbye at the host's stop needs no code here: the node says it in its system's coordinated shutdown.
    private static async Task StartAsync<TKey>(
        ActorSystem system,
        IActorRegistry registry,
        string name,
        P2PNode node,
        P2PNodeBuilder options,
        IConfiguration? section)
    {
        IServiceProvider provider = DependencyResolver.For(system).Resolver.GetService<IServiceProvider>();
        P2PNodeServices supplied = new() { ActorSystem = system, Name = name };
        if (section is null)
        {
            await options.StartAsync(
                node, OfSystem(system, name, provider), supplied, provider, CancellationToken.None);
        }
        else
        {
            NodeSettings settings = new(name, section, provider);
            SettingsFollower follower = new(node, name, options, HostingLog.For(provider));
            Follow(system, settings, follower);
            await options.StartAsync(node, settings.Current, supplied, provider, CancellationToken.None);

            // Settings that changed during the start are applied now.
            await follower.TakeAsync(settings.Current);
        }

        registry.Register<TKey>(node.Manager);
    }

    /// <summary>
    /// Reads a node's section of the actor system's configuration, and logs a warning for each unknown key.
    /// </summary>
    /// <exception cref="ArgumentException">
    /// A value is invalid; the message names the section and the key.
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

    /// <summary>Applies later changes of a node's section to the node, until its actor system ends.</summary>
    private static void Follow(ActorSystem system, NodeSettings settings, SettingsFollower follower)
    {
        IDisposable following = ChangeToken.OnChange(
            settings.GetChangeToken, () => _ = follower.TakeAsync(settings.Current));
        system.RegisterOnTermination(() =>
        {
            following.Dispose();
            settings.Dispose();
        });
    }
}
