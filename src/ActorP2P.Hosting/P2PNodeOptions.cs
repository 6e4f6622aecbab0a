namespace ActorP2P.Hosting;

/// <summary>What a hosted node is started with.</summary>
public sealed class P2PNodeOptions
{
    private readonly List<Action<ProtocolBuilder>> _protocol = [];
    private Func<P2PSettings, P2PSettings> _change = static settings => settings;

    internal Action<ProtocolBuilder> Protocol => builder => _protocol.ForEach(configure => configure(builder));

    /// <summary>
    /// Changes the settings. They come from the section <c>actorp2p.NAME</c> of the system's configuration, when it has one, and
    /// are the defaults otherwise.
    /// </summary>
    /// <param name="change">Gets the settings so far, and gives those to use.</param>
    public P2PNodeOptions WithSettings(Func<P2PSettings, P2PSettings> change)
    {
        ArgumentNullException.ThrowIfNull(change);
        Func<P2PSettings, P2PSettings> before = _change;
        _change = settings => change(before(settings));
        return this;
    }

    /// <summary>Says what the node does with messages; what is said several times adds up.</summary>
    /// <param name="protocol">Registers handlers.</param>
    public P2PNodeOptions WithProtocol(Action<ProtocolBuilder> protocol)
    {
        ArgumentNullException.ThrowIfNull(protocol);
        _protocol.Add(protocol);
        return this;
    }

    /// <summary>
    /// What the node takes from its surroundings. Its actor system is the host's in any case, and its logger the host's unless this
    /// names another.
    /// </summary>
    public NodeEnvironment Environment { get; set; } = new();

    internal P2PSettings Apply(P2PSettings settings) => _change(settings);
}
