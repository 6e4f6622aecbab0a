namespace ActorP2P.Hosting;

/// <summary>What a hosted node is started with.</summary>
public sealed class P2PNodeBuilder
{
    private readonly List<Action<ProtocolBuilder>> _protocol = [];
    private Func<P2PNodeOptions, P2PNodeOptions> _change = static settings => settings;

    internal Action<ProtocolBuilder> Protocol => builder => _protocol.ForEach(configure => configure(builder));

    /// <summary>
    /// Changes the settings. They come from the section <c>actorp2p.NAME</c> of the system's configuration, when it has one, and
    /// are the defaults otherwise.
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
        _protocol.Add(protocol);
        return this;
    }

    /// <summary>
    /// What the node takes from its surroundings. Its actor system is the host's in any case, and its logger the host's unless this
    /// names another.
    /// </summary>
    public P2PNodeServices Services { get; set; } = new();

    internal P2PNodeOptions Apply(P2PNodeOptions settings) => _change(settings);
}
