using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;

namespace ActorP2P.Hosting;

/// <summary>What a hosted node is started with.</summary>
public sealed class P2PNodeBuilder
{
    private readonly List<Action<ProtocolBuilder, IServiceProvider>> _protocol = [];
    private Func<P2PNodeOptions, P2PNodeOptions> _change = static settings => settings;

    /// <summary>
    /// Changes the settings. They come from the section that was given, or from the section <c>actorp2p.NAME</c> of the
    /// actor system's configuration; what is in neither has its default.
    /// </summary>
    /// <param name="change">Gets the settings so far, and gives those to use.</param>
    public P2PNodeBuilder WithOptions(Func<P2PNodeOptions, P2PNodeOptions> change)
    {
        ArgumentNullException.ThrowIfNull(change);
        Func<P2PNodeOptions, P2PNodeOptions> before = _change;
        _change = settings => change(before(settings));
        return this;
    }

    /// <summary>Says what the node does with messages; what is said several times adds up.</summary>
    /// <param name="protocol">Registers handlers.</param>
    public P2PNodeBuilder WithProtocol(Action<ProtocolBuilder> protocol)
    {
        ArgumentNullException.ThrowIfNull(protocol);
        return WithProtocol((builder, _) => protocol(builder));
    }

    /// <summary>
    /// Says what the node does with messages, with the host's services; what is said several times adds up.
    /// </summary>
    /// <param name="protocol">Registers handlers, when the node starts.</param>
    public P2PNodeBuilder WithProtocol(Action<ProtocolBuilder, IServiceProvider> protocol)
    {
        ArgumentNullException.ThrowIfNull(protocol);
        _protocol.Add(protocol);
        return this;
    }

    /// <summary>
    /// What the node takes from its surroundings. Logger, meter and services are the host's unless this names others; a
    /// node that was added with a name has that name, and in <c>WithP2PNode</c> the actor system is the host's in any
    /// case.
    /// </summary>
    public P2PNodeServices Services { get; set; } = new();

    /// <summary>Settings as the program changes them.</summary>
    internal P2PNodeOptions Changed(P2PNodeOptions settings) => _change(settings);

    /// <summary>Starts a node in a host.</summary>
    /// <param name="node">The node.</param>
    /// <param name="settings">Its settings before they are changed.</param>
    /// <param name="supplied">What the host supplies.</param>
    /// <param name="provider">The host's services.</param>
    /// <param name="cancellationToken">Gives up the start.</param>
    internal Task StartAsync(
        P2PNode node,
        P2PNodeOptions settings,
        P2PNodeServices supplied,
        IServiceProvider provider,
        CancellationToken cancellationToken) =>
        node.BeginAsync(
            _change(settings),
            protocol => _protocol.ForEach(configure => configure(protocol, provider)),
            Services with
            {
                ActorSystem = supplied.ActorSystem ?? Services.ActorSystem,
                LoggerFactory = Services.LoggerFactory ?? supplied.LoggerFactory,
                MeterFactory = Services.MeterFactory ?? provider.GetService<IMeterFactory>(),
                Name = supplied.Name ?? Services.Name,
                Provider = Services.Provider ?? provider,
            },
            cancellationToken);
}
