using Akka.Configuration;
using Akka.Hosting;
using Microsoft.Extensions.Configuration;

namespace ActorP2P.Hosting;

/// <content>Nodes whose settings are in the program.</content>
public static partial class P2PHostingExtensions
{
    /// <summary>Adds a node that listens on an address.</summary>
    /// <inheritdoc cref="WithP2PNode(AkkaConfigurationBuilder, string, Action{P2PNodeBuilder})"/>
    /// <param name="builder">The actor system.</param>
    /// <param name="name">The node's name in the system, and that of its section below <c>actorp2p</c>.</param>
    /// <param name="listen">Where to listen, as <c>host:port</c>; <c>off</c> does not listen.</param>
    /// <param name="bootstrap">Nodes to dial at the start; null: as the section says.</param>
    /// <param name="networkId">The network the node belongs to; null: as the section says.</param>
    /// <param name="configure">Says more of it; null: nothing.</param>
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

    /// <summary>Adds a node with settings of the program, which go above those of the configuration.</summary>
    /// <inheritdoc cref="WithP2PNode(AkkaConfigurationBuilder, string, Action{P2PNodeBuilder})"/>
    /// <param name="builder">The actor system.</param>
    /// <param name="name">The node's name in the system, and that of its section below <c>actorp2p</c>.</param>
    /// <param name="section">The settings; what is null is left to the configuration.</param>
    /// <param name="configure">Says more of it; null: nothing.</param>
    public static AkkaConfigurationBuilder WithP2PNode(
        this AkkaConfigurationBuilder builder, string name, P2PNodeSection section,
        Action<P2PNodeBuilder>? configure = null) =>
        builder.WithP2PNode<P2PNodeKey>(name, section, configure);

    /// <summary>Adds a node with settings of the program, which go above those of the configuration.</summary>
    /// <inheritdoc cref="WithP2PNode(AkkaConfigurationBuilder, string, Action{P2PNodeBuilder})"/>
    /// <param name="builder">The actor system.</param>
    /// <param name="name">The node's name in the system, and that of its section below <c>actorp2p</c>.</param>
    /// <param name="section">Sets them; what it does not set is left to the configuration.</param>
    /// <param name="configure">Says more of it.</param>
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
    /// Adds a node with settings of the program, and whose manager the registry has under a key.
    /// </summary>
    /// <inheritdoc cref="WithP2PNode(AkkaConfigurationBuilder, string, Action{P2PNodeBuilder})"/>
    /// <typeparam name="TKey">The key.</typeparam>
    /// <param name="builder">The actor system.</param>
    /// <param name="name">The node's name in the system, and that of its section below <c>actorp2p</c>.</param>
    /// <param name="section">The settings; what is null is left to the configuration.</param>
    /// <param name="configure">Says more of it; null: nothing.</param>
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
    /// Adds a node whose settings are in a section of the host's configuration, and not in that of the actor system.
    /// What can be changed while a node runs follows the section when it is reloaded.
    /// </summary>
    /// <inheritdoc cref="WithP2PNode(AkkaConfigurationBuilder, string, Action{P2PNodeBuilder})"/>
    /// <param name="builder">The actor system.</param>
    /// <param name="name">The node's name in the system.</param>
    /// <param name="section">
    /// The section; its keys are those of HOCON, or the names of the properties of <see cref="P2PNodeOptions"/>.
    /// </param>
    /// <param name="configure">Says more of it; null: nothing.</param>
    public static AkkaConfigurationBuilder WithP2PNode(
        this AkkaConfigurationBuilder builder,
        string name,
        IConfiguration section,
        Action<P2PNodeBuilder>? configure = null) =>
        builder.WithP2PNode<P2PNodeKey>(name, section, configure);

    /// <summary>
    /// Adds a node whose settings are in a section of the host's configuration, and whose manager the registry has
    /// under a key.
    /// </summary>
    /// <inheritdoc cref="WithP2PNode(AkkaConfigurationBuilder, string, IConfiguration, Action{P2PNodeBuilder})"/>
    /// <typeparam name="TKey">The key.</typeparam>
    /// <param name="builder">The actor system.</param>
    /// <param name="name">The node's name in the system.</param>
    /// <param name="section">
    /// The section; its keys are those of HOCON, or the names of the properties of <see cref="P2PNodeOptions"/>.
    /// </param>
    /// <param name="configure">Says more of it; null: nothing.</param>
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
