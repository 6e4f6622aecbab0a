using Akka.Configuration;
using Akka.Hosting;
using Microsoft.Extensions.Configuration;

namespace ActorP2P.Hosting;

/// <content>Nodes with settings from the program, or from a section of the host's configuration.</content>
public static partial class P2PHostingExtensions
{
    /// <summary>Adds a node that listens on an address.</summary>
    /// <inheritdoc cref="WithP2PNode(AkkaConfigurationBuilder, string, Action{P2PNodeBuilder})"/>
    /// <param name="builder">The actor system.</param>
    /// <param name="name">The node's name in the system and of its section in <c>actorp2p</c>.</param>
    /// <param name="listen">The address to listen on, as <c>host:port</c>, or <c>off</c>.</param>
    /// <param name="bootstrap">The nodes to dial at the start; null: those of the section.</param>
    /// <param name="networkId">The network that the node belongs to; null: that of the section.</param>
    /// <param name="configure">Configures the node further; null: nothing more.</param>
    public static AkkaConfigurationBuilder WithP2PNode(
        this AkkaConfigurationBuilder builder,
        string name,
        string listen,
        IReadOnlyList<PeerAddress>? bootstrap = null,
        string? networkId = null,
        Action<P2PNodeBuilder>? configure = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(listen);
        P2PNodeSection section = new() { Listen = listen, Bootstrap = bootstrap, NetworkId = networkId };
        return builder.WithP2PNode<P2PNodeKey>(name, section, configure);
    }

    /// <summary>Adds a node with settings from the program, which override the configuration.</summary>
    /// <inheritdoc cref="WithP2PNode(AkkaConfigurationBuilder, string, Action{P2PNodeBuilder})"/>
    /// <param name="builder">The actor system.</param>
    /// <param name="name">The node's name in the system and of its section in <c>actorp2p</c>.</param>
    /// <param name="section">The settings; a null leaves the setting to the configuration.</param>
    /// <param name="configure">Configures the node further; null: nothing more.</param>
    public static AkkaConfigurationBuilder WithP2PNode(
        this AkkaConfigurationBuilder builder, string name, P2PNodeSection section,
        Action<P2PNodeBuilder>? configure = null) =>
        builder.WithP2PNode<P2PNodeKey>(name, section, configure);

    /// <summary>Adds a node with settings from the program, which override the configuration.</summary>
    /// <inheritdoc cref="WithP2PNode(AkkaConfigurationBuilder, string, Action{P2PNodeBuilder})"/>
    /// <param name="builder">The actor system.</param>
    /// <param name="name">The node's name in the system and of its section in <c>actorp2p</c>.</param>
    /// <param name="section">Sets the settings; those that it leaves null come from the configuration.</param>
    /// <param name="configure">Configures the node further.</param>
    public static AkkaConfigurationBuilder WithP2PNode(
        this AkkaConfigurationBuilder builder, string name, Action<P2PNodeSection> section,
        Action<P2PNodeBuilder> configure)
    {
        ArgumentNullException.ThrowIfNull(section);
        P2PNodeSection settings = new();
        section(settings);
        return builder.WithP2PNode<P2PNodeKey>(name, settings, configure);
    }

    /// <summary>
    /// Adds a node with settings from the program, whose manager is registered under a key of its own.
    /// </summary>
    /// <inheritdoc cref="WithP2PNode(AkkaConfigurationBuilder, string, Action{P2PNodeBuilder})"/>
    /// <typeparam name="TKey">The key in the actor registry.</typeparam>
    /// <param name="builder">The actor system.</param>
    /// <param name="name">The node's name in the system and of its section in <c>actorp2p</c>.</param>
    /// <param name="section">The settings; a null leaves the setting to the configuration.</param>
    /// <param name="configure">Configures the node further; null: nothing more.</param>
    public static AkkaConfigurationBuilder WithP2PNode<TKey>(
        this AkkaConfigurationBuilder builder, string name, P2PNodeSection section,
        Action<P2PNodeBuilder>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(section);
        builder.WithP2PNode<TKey>(name, configure);
        string hocon = section.ToHocon(name);
        return hocon.Length == 0
            ? builder
            : builder.AddHocon(ConfigurationFactory.ParseString(hocon), HoconAddMode.Prepend);
    }

    /// <summary>
    /// Adds a node whose settings come from a section of the host's configuration instead of the actor system's. When
    /// the section is reloaded, settings that can change on a running node are applied.
    /// </summary>
    /// <inheritdoc cref="WithP2PNode(AkkaConfigurationBuilder, string, Action{P2PNodeBuilder})"/>
    /// <param name="builder">The actor system.</param>
    /// <param name="name">The node's name in the system.</param>
    /// <param name="section">
    /// The section; its keys are HOCON keys or the names of properties of <see cref="P2PNodeOptions"/>.
    /// </param>
    /// <param name="configure">Configures the node further; null: nothing more.</param>
    public static AkkaConfigurationBuilder WithP2PNode(
        this AkkaConfigurationBuilder builder,
        string name,
        IConfiguration section,
        Action<P2PNodeBuilder>? configure = null) =>
        builder.WithP2PNode<P2PNodeKey>(name, section, configure);

    /// <summary>
    /// Adds a node whose settings come from a section of the host's configuration, and whose manager is registered
    /// under a key of its own.
    /// </summary>
    /// <inheritdoc cref="WithP2PNode(AkkaConfigurationBuilder, string, IConfiguration, Action{P2PNodeBuilder})"/>
    /// <typeparam name="TKey">The key in the actor registry.</typeparam>
    /// <param name="builder">The actor system.</param>
    /// <param name="name">The node's name in the system.</param>
    /// <param name="section">
    /// The section; its keys are HOCON keys or the names of properties of <see cref="P2PNodeOptions"/>.
    /// </param>
    /// <param name="configure">Configures the node further; null: nothing more.</param>
    public static AkkaConfigurationBuilder WithP2PNode<TKey>(
        this AkkaConfigurationBuilder builder,
        string name,
        IConfiguration section,
        Action<P2PNodeBuilder>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentNullException.ThrowIfNull(section);
        P2PNodeBuilder options = new();
        configure?.Invoke(options);
        P2PNode node = SetupOf(builder).Add(name, typeof(TKey));
        return builder.AddStartup(
            (system, registry) => StartAsync<TKey>(system, registry, name, node, options, section));
    }
}
