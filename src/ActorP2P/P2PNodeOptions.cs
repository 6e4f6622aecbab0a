using ActorP2P.Hocon;
using ActorP2P.Protocol;
using Microsoft.Extensions.Logging;
using AkkaConfig = Akka.Configuration.Config;

namespace ActorP2P;

/// <summary>
/// All settings of a node that a HOCON file or a .NET configuration can contain. Sizes are in bytes. What a host
/// supplies in addition, such as a clock or a logger, is in <see cref="P2PNodeServices"/>.
/// </summary>
public sealed partial record P2PNodeOptions
{
    /// <summary>
    /// The network that the node belongs to. It refuses nodes of other networks. At most 64 bytes of UTF-8.
    /// </summary>
    public string NetworkId { get; init; } = "actorp2p";

    /// <summary>
    /// The address to listen on. A name stands for all its addresses, port 0 lets the system choose the port, and null
    /// means that the node does not listen.
    /// </summary>
    public PeerAddress? Listen { get; init; } = new("127.0.0.1", 0);

    /// <summary>
    /// The addresses that the node announces to peers in its hello. When empty, it announces the addresses where it
    /// listens, except wildcard addresses such as 0.0.0.0.
    /// </summary>
    public IReadOnlyList<PeerAddress> Announce { get; init; } = [];

    /// <summary>
    /// The nodes to dial at the start, and again whenever the connection is lost; at most 1,024. A name stands for all
    /// its addresses. An address of the name that leads to this node itself, or to no node, is skipped for a while, and
    /// the others are dialled.
    /// </summary>
    public IReadOnlyList<PeerAddress> Bootstrap { get; init; } = [];

    /// <summary>The software's name and version, which peers are told. At most 256 bytes of UTF-8.</summary>
    public string UserAgent { get; init; } = "ActorP2P/0.1";

    /// <summary>
    /// Which broadcasts the node wants; peers send it no others. It can be changed while the node runs
    /// (<see cref="P2PNode.ApplyAsync"/>). With more than 512 handlers of broadcasts a node wants all.
    /// </summary>
    public BroadcastChoice Broadcasts { get; init; }

    /// <summary>
    /// How long an ask waits for its answer unless its options say otherwise. The default is Floresta's timeout for
    /// connecting; most answers take far less.
    /// </summary>
    public TimeSpan RequestTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>The most asks that wait at a time, over all peers; further ones fail at once.</summary>
    public int MaxPendingRequests { get; init; } = 65_536;

    /// <summary>The most connections, inbound and outbound together.</summary>
    public int MaxConnections { get; init; } = 128;

    /// <summary>The most inbound connections that are in their handshake at a time.</summary>
    public int MaxHalfOpen { get; init; } = 64;

    /// <summary>
    /// The most requests and notifies of one peer that are handled at a time; further ones wait and keep their credit.
    /// A handler that waits for an ask of its own does not count.
    /// </summary>
    public int MaxConcurrentHandlers { get; init; } = 64;

    /// <summary>
    /// The most asynchronous handlers that the node runs at a time, over all peers. Connections take turns for further
    /// ones.
    /// </summary>
    public int MaxNodeHandlers { get; init; } = 1024;

    /// <summary>
    /// The memory for messages that arrive in fragments, over all peers; responses have the same amount again. One peer
    /// may use a quarter of it, or one of the longest messages if that is more.
    /// </summary>
    public long ReassemblyBudget { get; init; } = Protocol.ReassemblyBudget.DefaultCapacity;

    /// <summary>
    /// The memory for all peers together: received messages, grown credit windows and messages that wait to be sent.
    /// Null means an eighth of the memory that the process may use, but at least what one peer needs. If that is more
    /// than half of the process's memory, the node accepts only messages that fit, shorter than
    /// <see cref="SessionSettings.MaxMessage"/>, and logs a warning at its start. If not even the shortest limit fits,
    /// the node does not start.
    /// </summary>
    public long? MemoryBudget { get; init; }

    /// <summary>
    /// The memory for broadcasts that could not be sent to a peer. They are kept for half a minute so that the peer can
    /// ask for them. Null means a sixteenth of the memory budget, at most 32 MiB; 0 keeps none.
    /// </summary>
    public long? DroppedBudget { get; init; }

    /// <summary>The number of broadcast ids that are remembered. One peer may use a quarter of them.</summary>
    public int SeenCapacity { get; init; } = 65_536;

    /// <summary>
    /// How long a broadcast id is remembered. The default is far longer than a broadcast takes for its 32 hops.
    /// </summary>
    public TimeSpan SeenLifetime { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>The transport. It has no effect if <see cref="P2PNodeServices.Transport"/> is set.</summary>
    public TransportKind Transport { get; init; } = TransportKind.AkkaIo;

    /// <summary>
    /// Whether connections are encrypted, and ids proven: by default they are. A node that requires it and one that
    /// does not never meet.
    /// </summary>
    public Encryption Encryption { get; init; } = Encryption.Required;

    /// <summary>
    /// The file of the node's key. The file is made at the first start. Null makes a new key at each start. It has no
    /// effect if <see cref="P2PNodeServices.Identity"/> is set.
    /// </summary>
    public string? IdentityFile { get; init; }

    /// <summary>
    /// Where the secret of a private network is kept (<see cref="NetworkSecret.FromFile"/>); null: the network has
    /// none, or the host supplies it (<see cref="P2PNodeServices.NetworkSecret"/>). Needs encryption.
    /// </summary>
    public string? NetworkSecretFile { get; init; }

    /// <summary>
    /// The file for the node's cookie: random bytes, written anew at each start and readable only by the user of the
    /// process. Programs of that user log in with it (<see cref="NodeLogins.LoginAsync"/>). Null: nobody can log in. A
    /// node that cannot write the file does not start; a node that stops in order removes it.
    /// </summary>
    public string? CookieFile { get; init; }

    /// <summary>
    /// The directory where the node keeps what must outlive it, such as its bans. It is made at the first start, and
    /// one node at a time can use it. Needs <see cref="P2PNodeServices.OpenStore"/>, which hosts and the tool set. Null
    /// keeps everything in memory. It has no effect if <see cref="P2PNodeServices.Store"/> is set.
    /// </summary>
    public string? DataDirectory { get; init; }

    /// <summary>Who may be a peer, and which peers may use which services.</summary>
    public AccessSettings Access { get; init; } = new();

    /// <summary>The settings of Akka.IO.</summary>
    public AkkaIoSettings AkkaIo { get; init; } = new();

    /// <summary>How the node shares out its connections among those who dial it.</summary>
    public SlotSettings Slots { get; init; } = new();

    /// <summary>What a peer may send while others wait for the node.</summary>
    public RateSettings Rates { get; init; } = new();

    /// <summary>The times and bounds of each session.</summary>
    public SessionSettings Session { get; init; } = new();

    /// <summary>The times of dialling.</summary>
    public DialSettings Dial { get; init; } = new();

    /// <summary>How the node finds others; without settings it does not look for them.</summary>
    public DiscoverySettings Discovery { get; init; } = new();

    /// <summary>The settings of the distributed hash table.</summary>
    public DhtSettings Dht { get; init; } = new();

    /// <summary>
    /// The file <c>reference.conf</c> of this library: every setting with its default, its unit and the reason for the
    /// default.
    /// </summary>
    public static string Reference
    {
        get
        {
            using Stream stream = typeof(P2PNodeOptions).Assembly.GetManifestResourceStream("ActorP2P.reference.conf")!;
            using var reader = new StreamReader(stream);
            return reader.ReadToEnd();
        }
    }

    /// <summary>
    /// Reads settings from HOCON text, such as the contents of the <c>actorp2p</c> block of a file in <c>hocon/</c>. A
    /// missing key keeps its default.
    /// </summary>
    /// <param name="hocon">The text. Its keys are the names of the settings in lower case with hyphens.</param>
    /// <exception cref="ArgumentException">
    /// The text is not valid HOCON, or a value is not allowed; the message says where and why.
    /// </exception>
    public static P2PNodeOptions From(string hocon) => From(hocon, out _);

    /// <summary>Reads settings from HOCON text, and logs a warning for each key that is not a setting.</summary>
    /// <param name="hocon">The text. Its keys are the names of the settings in lower case with hyphens.</param>
    /// <param name="log">The logger for the warnings.</param>
    /// <exception cref="ArgumentException">
    /// The text is not valid HOCON, or a value is not allowed; the message says where and why.
    /// </exception>
    public static P2PNodeOptions From(string hocon, ILogger log)
    {
        P2PNodeOptions settings = From(hocon, out IReadOnlyList<UnknownSetting> unknown);
        Warn(unknown, log);
        return settings;
    }

    /// <summary>Reads settings from HOCON text, and returns the keys that are not settings.</summary>
    /// <param name="hocon">The text. Its keys are the names of the settings in lower case with hyphens.</param>
    /// <param name="unknown">The keys that are not settings. Their values have no effect.</param>
    /// <exception cref="ArgumentException">
    /// The text is not valid HOCON, or a value is not allowed; the message says where and why.
    /// </exception>
    public static P2PNodeOptions From(string hocon, out IReadOnlyList<UnknownSetting> unknown)
    {
        ArgumentNullException.ThrowIfNull(hocon);
        return SettingsReader.Read(hocon, out unknown);
    }

    /// <summary>
    /// Reads settings from a configuration, such as the <c>actorp2p</c> block of a file in <c>hocon/</c>. A missing key
    /// keeps its default.
    /// </summary>
    /// <param name="config">
    /// The block itself. Its keys are the names of the settings in lower case with hyphens.
    /// </param>
    /// <exception cref="ArgumentException">
    /// A value is not allowed; the message names the key, the value and what is allowed.
    /// </exception>
    public static P2PNodeOptions From(HoconConfig config) => From(config, out _);

    /// <summary>Reads settings from a configuration, and logs a warning for each key that is not a setting.</summary>
    /// <param name="config">
    /// The block itself. Its keys are the names of the settings in lower case with hyphens.
    /// </param>
    /// <param name="log">The logger for the warnings.</param>
    /// <exception cref="ArgumentException">
    /// A value is not allowed; the message names the key, the value and what is allowed.
    /// </exception>
    public static P2PNodeOptions From(HoconConfig config, ILogger log)
    {
        P2PNodeOptions settings = From(config, out IReadOnlyList<UnknownSetting> unknown);
        Warn(unknown, log);
        return settings;
    }

    /// <summary>Reads settings from a configuration, and returns the keys that are not settings.</summary>
    /// <param name="config">
    /// The block itself. Its keys are the names of the settings in lower case with hyphens.
    /// </param>
    /// <param name="unknown">The keys that are not settings. Their values have no effect.</param>
    /// <exception cref="ArgumentException">
    /// A value is not allowed; the message names the key, the value and what is allowed.
    /// </exception>
    public static P2PNodeOptions From(HoconConfig config, out IReadOnlyList<UnknownSetting> unknown)
    {
        ArgumentNullException.ThrowIfNull(config);
        return SettingsReader.Read(config, out unknown);
    }

    /// <summary>
    /// Reads settings from a configuration of Akka.NET, such as the <c>actorp2p</c> block of an ActorSystem's
    /// configuration. A missing key keeps its default.
    /// </summary>
    /// <param name="config">
    /// The block itself, including its fallbacks. Read a file with <c>${?NAME}</c> by
    /// <see cref="HoconConfig.FromFile(string)"/> instead, because Akka.NET does not resolve such names.
    /// </param>
    /// <exception cref="ArgumentException">
    /// A value is not allowed; the message names the key, the value and what is allowed.
    /// </exception>
    public static P2PNodeOptions From(AkkaConfig config) => From(config, out _);

    /// <summary>
    /// Reads settings from a configuration of Akka.NET, and logs a warning for each key that is not a setting.
    /// </summary>
    /// <param name="config">
    /// The block itself, including its fallbacks. Read a file with <c>${?NAME}</c> by
    /// <see cref="HoconConfig.FromFile(string)"/> instead, because Akka.NET does not resolve such names.
    /// </param>
    /// <param name="log">The logger for the warnings.</param>
    /// <exception cref="ArgumentException">
    /// A value is not allowed; the message names the key, the value and what is allowed.
    /// </exception>
    public static P2PNodeOptions From(AkkaConfig config, ILogger log)
    {
        P2PNodeOptions settings = From(config, out IReadOnlyList<UnknownSetting> unknown);
        Warn(unknown, log);
        return settings;
    }

    /// <summary>Reads settings from a configuration of Akka.NET, and returns the keys that are not settings.</summary>
    /// <param name="config">
    /// The block itself, including its fallbacks. Read a file with <c>${?NAME}</c> by
    /// <see cref="HoconConfig.FromFile(string)"/> instead, because Akka.NET does not resolve such names.
    /// </param>
    /// <param name="unknown">The keys that are not settings. Their values have no effect.</param>
    /// <exception cref="ArgumentException">
    /// A value is not allowed; the message names the key, the value and what is allowed.
    /// </exception>
    public static P2PNodeOptions From(AkkaConfig config, out IReadOnlyList<UnknownSetting> unknown)
    {
        ArgumentNullException.ThrowIfNull(config);
        return SettingsReader.Read(config, out unknown);
    }

    private static void Warn(IReadOnlyList<UnknownSetting> unknown, ILogger log)
    {
        foreach (UnknownSetting setting in unknown)
        {
            SettingsLog.UnknownKey(log, setting);
        }
    }
}
