using ActorP2P.Protocol;

namespace ActorP2P.Benchmarks;

/// <summary>
/// The settings of the nodes of a chaos run: shorter times than the defaults, so that much happens within a minute.
/// </summary>
internal static class ChaosSettings
{
    /// <summary>The time of an ask.</summary>
    public static readonly TimeSpan AskTimeout = TimeSpan.FromSeconds(8);

    /// <summary>The time that a stopping node's peers have to drain.</summary>
    public static readonly TimeSpan DrainTimeout = TimeSpan.FromSeconds(3);

    /// <summary>The pong timeout of all nodes but the first.</summary>
    public static readonly TimeSpan PongTimeout = TimeSpan.FromSeconds(8);

    /// <summary>The pong timeout of node 0, which is suspended for longer than that.</summary>
    public static readonly TimeSpan ShortPongTimeout = TimeSpan.FromSeconds(3);

    /// <summary>The node with little memory.</summary>
    public const int SmallNode = 3;

    /// <summary>The longest message of the node with little memory, in bytes.</summary>
    public const int SmallMaxMessage = 4 * 1024 * 1024;

    /// <summary>Its heap's hard limit, as the runtime reads it: hexadecimal, 128 MiB.</summary>
    public const string SmallHeap = "8000000";

    private const int MaxConnections = 400;

    /// <summary>The settings of one node. Of each two the one with the higher number dials, again and again.</summary>
    public static P2PNodeOptions Of(ChaosHostOptions options)
    {
        bool small = options.Node == SmallNode;
        SessionSettings session = new()
        {
            HandshakeTimeout = TimeSpan.FromSeconds(5),
            PingAfter = TimeSpan.FromSeconds(2),
            PongTimeout = options.Node == 0 ? ShortPongTimeout : PongTimeout,
            DrainTimeout = DrainTimeout,
            RefusalTimeout = TimeSpan.FromSeconds(1),
            FragmentTimeout = PongTimeout,
            CreditTimeout = PongTimeout,
        };
        return new P2PNodeOptions
        {
            NetworkId = ChaosNames.Network,
            Transport = BenchTransport.Kind,
            Listen = new PeerAddress("127.0.0.1", options.Port),
            Bootstrap = [.. Enumerable.Range(0, options.Node)
                .Select(node => new PeerAddress(ChaosNames.HostOf(node), options.Ports[node]))],
            RequestTimeout = AskTimeout,
            MaxConnections = MaxConnections,
            ReassemblyBudget = small ? 4L * SmallMaxMessage : ReassemblyBudget.DefaultCapacity,
            Session = small ? session with { MaxMessage = SmallMaxMessage } : session,
            Dial = new DialSettings
            {
                ConnectTimeout = TimeSpan.FromSeconds(3),
                FirstBackoff = TimeSpan.FromMilliseconds(200),
                MaxBackoff = TimeSpan.FromSeconds(2),
                HealthyAfter = TimeSpan.FromSeconds(5),
            },
        };
    }
}
