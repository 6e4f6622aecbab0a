using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace ActorP2P.Hosting;

/// <summary>Configures a node of a host.</summary>
public sealed class P2PNodeBuilder
{
    private readonly List<Action<ProtocolBuilder, IServiceProvider>> _protocol = [];
    private Func<P2PNodeOptions, P2PNodeOptions> _change = static settings => settings;
    private P2PNodeServices? _services;

    /// <summary>
    /// Changes the settings that were read from the node's section. Settings that are missing there have their
    /// defaults.
    /// </summary>
    /// <param name="change">Receives the settings so far, and returns the settings to use.</param>
    public P2PNodeBuilder WithOptions(Func<P2PNodeOptions, P2PNodeOptions> change)
    {
        ArgumentNullException.ThrowIfNull(change);
        Func<P2PNodeOptions, P2PNodeOptions> before = _change;
        _change = settings => change(before(settings));
        return this;
    }

    /// <summary>Registers handlers. Several calls add to each other.</summary>
    /// <param name="protocol">Registers handlers.</param>
    public P2PNodeBuilder WithProtocol(Action<ProtocolBuilder> protocol)
    {
        ArgumentNullException.ThrowIfNull(protocol);
        return WithProtocol((builder, _) => protocol(builder));
    }

    /// <summary>
    /// Registers handlers that use the host's services. Several calls add to each other.
    /// </summary>
    /// <param name="protocol">Registers handlers; called when the node starts.</param>
    public P2PNodeBuilder WithProtocol(Action<ProtocolBuilder, IServiceProvider> protocol)
    {
        ArgumentNullException.ThrowIfNull(protocol);
        _protocol.Add(protocol);
        return this;
    }

    /// <summary>
    /// The services that the node uses. If they are not set, the node uses the <see cref="P2PNodeServices"/> that are
    /// registered with the host, first those with the node's name as their key; a test can thus replace the transport
    /// and the clock of a whole host. Logger, meters and the service provider are the host's unless others are set. A
    /// node that was added with a name keeps that name, and <c>WithP2PNode</c> always uses the host's actor system.
    /// </summary>
    public P2PNodeServices Services
    {
        get => _services ?? new P2PNodeServices();
        set => _services = value;
    }

    /// <summary>Makes the program's own changes to the settings.</summary>
    internal P2PNodeOptions Changed(P2PNodeOptions settings) => _change(settings);

    /// <summary>Starts a node in a host.</summary>
    /// <param name="node">The node.</param>
    /// <param name="settings">The settings of the configuration, without the program's own changes.</param>
    /// <param name="supplied">The services that the host supplies.</param>
    /// <param name="provider">The host's services.</param>
    /// <param name="cancellationToken">Cancels the start.</param>
    internal Task StartAsync(
        P2PNode node,
        P2PNodeOptions settings,
        P2PNodeServices supplied,
        IServiceProvider provider,
        CancellationToken cancellationToken)
    {
        P2PNodeServices services = _services ?? Registered(provider, supplied.Name) ?? new P2PNodeServices();
        ILoggerFactory? loggers = services.LoggerFactory ?? supplied.LoggerFactory;
        return node.BeginAsync(
            _change(settings),
            protocol => _protocol.ForEach(configure => configure(protocol, provider)),
            services with
            {
                ActorSystem = supplied.ActorSystem ?? services.ActorSystem,
                LoggerFactory = loggers,
                MeterFactory = services.MeterFactory ?? provider.GetService<IMeterFactory>(),
                Name = supplied.Name ?? services.Name,
                OpenStore = services.OpenStore
                    ?? SqlitePeerStore.Opener(loggers ?? provider.GetService<ILoggerFactory>()),
                Provider = services.Provider ?? provider,
            },
            cancellationToken);
    }

    private static P2PNodeServices? Registered(IServiceProvider provider, string? name) =>
        (name is not null && provider is IKeyedServiceProvider keyed
            ? keyed.GetKeyedService<P2PNodeServices>(name) : null)
        ?? provider.GetService<P2PNodeServices>();
}
