using ActorP2P.Protocol;

namespace ActorP2P.Benchmarks;

/// <summary>
/// The settings of the nodes of a chaos run. Its times are shorter than the defaults, so that much happens within a
/// minute.
/// </summary>
internal static class ChaosSettings
{
    /// <summary>The timeout of an ask.</summary>
    public static readonly TimeSpan AskTimeout = TimeSpan.FromSeconds(8);

    /// <summary>How long the peers of a stopping node may drain.</summary>
    public static readonly TimeSpan DrainTimeout = TimeSpan.FromSeconds(3);

    /// <summary>The pong timeout of all nodes except node 0.</summary>
    public static readonly TimeSpan PongTimeout = TimeSpan.FromSeconds(8);

    /// <summary>The pong timeout of node 0, which is suspended for longer than this.</summary>
    public static readonly TimeSpan ShortPongTimeout = TimeSpan.FromSeconds(3);

    /// <summary>The number of the node with little memory.</summary>
    public const int SmallNode = 3;

    /// <summary>The longest message that the node with little memory accepts, in bytes.</summary>
    public const int SmallMaxMessage = 4 * 1024 * 1024;

    /// <summary>The hard limit of the heap of that node as the runtime reads it: hexadecimal, 128 MiB.</summary>
    public const string SmallHeap = "8000000";

    private const int MaxConnections = 400;

    /// <summary>
    /// The settings of one node. Of two nodes, the one with the higher number dials the other, and dials again after
    /// each loss.
    /// </summary>
    public static P2PNodeOptions Of(ChaosHostOptions options)
    {
        bool small = options.Node == SmallNode;
        SessionSettings session = new()
        {
            HandshakeTimeout = TimeSpan.FromSeconds(5),
            PingAfter = TimeSpan.FromSeconds(2),
            PongTimeout = options.Node == 0 ? ShortPongTimeout : PongTimeout,
            DrainTimeout = DrainTimeout,
            FragmentTimeout = PongTimeout,
            CreditTimeout = PongTimeout,
        };
        return new P2PNodeOptions
        {
            NetworkId = ChaosNames.Network,
            Transport = BenchTransport.Kind,

            // The crowds of raw peers and the planted bugs work on plain frames.
            Encryption = Encryption.Off,
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
