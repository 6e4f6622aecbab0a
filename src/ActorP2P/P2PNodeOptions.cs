using ActorP2P.Hocon;
using ActorP2P.Protocol;
using Microsoft.Extensions.Logging;
using AkkaConfig = Akka.Configuration.Config;

namespace ActorP2P;

/// <summary>
/// Everything about a node that can be set, as a file or a configuration of .NET may hold it. Sizes are bytes. What a
/// host supplies beside it, such as a clock or a logger, is in <see cref="P2PNodeServices"/>.
/// </summary>
public sealed partial record P2PNodeOptions
{
    /// <summary>
    /// The network the node belongs to; nodes of other networks are refused. At most 64 bytes of UTF-8.
    /// </summary>
    public string NetworkId { get; init; } = "actorp2p";

    /// <summary>
    /// Where to listen, on all addresses of a name; port 0 lets the system choose; null does not listen at all.
    /// </summary>
    public PeerAddress? Listen { get; init; } = new("127.0.0.1", 0);

    /// <summary>
    /// Addresses to tell others in the hello; empty: where the node really listens, unless that is every address of the
    /// machine, which says nothing to others.
    /// </summary>
    public IReadOnlyList<PeerAddress> Announce { get; init; } = [];

    /// <summary>
    /// Nodes to dial at the start, and again whenever the connection is lost; at most 1,024. A name stands for all its
    /// addresses: one that is this node itself, or no node, is passed over for a while, and the others are dialled.
    /// </summary>
    public IReadOnlyList<PeerAddress> Bootstrap { get; init; } = [];

    /// <summary>Software name and version, told to peers. At most 256 bytes of UTF-8.</summary>
    public string UserAgent { get; init; } = "ActorP2P/0.1";

    /// <summary>
    /// How long an ask waits for its answer when it does not say. Floresta's connect value; most answers take far less.
    /// </summary>
    public TimeSpan RequestTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Asks that may wait at a time, over all peers; further ones fail at once.</summary>
    public int MaxPendingRequests { get; init; } = 65_536;

    /// <summary>Connections in all, either way.</summary>
    public int MaxConnections { get; init; } = 128;

    /// <summary>Inbound connections that may be in their handshake at a time.</summary>
    public int MaxHalfOpen { get; init; } = 64;

    /// <summary>
    /// Requests and notifies of one peer that are handled at a time, those not counted that wait for an ask of their
    /// own; the rest wait, and hold their credit.
    /// </summary>
    public int MaxConcurrentHandlers { get; init; } = 64;

    /// <summary>
    /// Asynchronous handlers that the node runs at a time, over all peers; connections that want more take turns.
    /// </summary>
    public int MaxNodeHandlers { get; init; } = 1024;

    /// <summary>
    /// Room for messages that arrive in fragments, over all peers, and as much again for responses. One peer may take a
    /// quarter, or one of the longest messages.
    /// </summary>
    public long ReassemblyBudget { get; init; } = Protocol.ReassemblyBudget.DefaultCapacity;

    /// <summary>
    /// What the node may hold for all its peers together: messages that arrive, windows that grow, messages that wait
    /// to be sent. Null: an eighth of the memory that the process may use, and never less than one peer alone needs.
    /// Where that is more than half of the process's memory, the node takes shorter messages than
    /// <see cref="SessionSettings.MaxMessage"/>, as long as fits, and warns at its start; where nothing fits, it does
    /// not start.
    /// </summary>
    public long? MemoryBudget { get; init; }

    /// <summary>
    /// Broadcasts kept for half a minute because a peer could not be sent them, for it to ask for. Null: a sixteenth of
    /// the memory budget, and at most 32 MiB; 0 keeps none.
    /// </summary>
    public long? DroppedBudget { get; init; }

    /// <summary>Broadcast ids remembered in all; one peer may take a quarter of them.</summary>
    public int SeenCapacity { get; init; } = 65_536;

    /// <summary>How long a broadcast id is remembered: far longer than 32 hops take.</summary>
    public TimeSpan SeenLifetime { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>What carries the bytes. Without effect on a node whose environment has a transport.</summary>
    public TransportKind Transport { get; init; } = TransportKind.AkkaIo;

    /// <summary>
    /// Whether connections are encrypted, and ids proven: by default they are. A node that requires it and one that does
    /// not never meet.
    /// </summary>
    public Encryption Encryption { get; init; } = Encryption.Required;

    /// <summary>
    /// Where the node's key is kept; it is made there at the first start. Null: a new key at each start. Without effect
    /// on a node that is given an identity (<see cref="P2PNodeServices.Identity"/>).
    /// </summary>
    public string? IdentityFile { get; init; }

    /// <summary>
    /// Where the secret of a private network is kept (<see cref="NetworkSecret.FromFile"/>); null: the network has none,
    /// or the host supplies it (<see cref="P2PNodeServices.NetworkSecret"/>). Needs encryption.
    /// </summary>
    public string? NetworkSecretFile { get; init; }

    /// <summary>Who may be a peer.</summary>
    public AccessSettings Access { get; init; } = new();

    /// <summary>What can be set about Akka.IO.</summary>
    public AkkaIoSettings AkkaIo { get; init; } = new();

    /// <summary>Times and bounds of each session.</summary>
    public SessionSettings Session { get; init; } = new();

    /// <summary>Times of dialling.</summary>
    public DialSettings Dial { get; init; } = new();

    /// <summary>
    /// Every setting with its default, its unit and the reason for it: the file <c>reference.conf</c> of this library.
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
    /// Reads settings from a text in HOCON, such as the inside of the <c>actorp2p</c> block of a file in <c>hocon/</c>;
    /// what is missing keeps its default.
    /// </summary>
    /// <param name="hocon">The text: its keys are the settings' names, in lower case with hyphens.</param>
    /// <exception cref="ArgumentException">
    /// The text is no HOCON, or a value is not allowed; the message says where and why.
    /// </exception>
    public static P2PNodeOptions From(string hocon) => From(hocon, out _);

    /// <summary>Reads settings from a text in HOCON, and warns of each key that is no setting.</summary>
    /// <param name="hocon">The text: its keys are the settings' names, in lower case with hyphens.</param>
    /// <param name="log">Where the warnings go.</param>
    /// <exception cref="ArgumentException">
    /// The text is no HOCON, or a value is not allowed; the message says where and why.
    /// </exception>
    public static P2PNodeOptions From(string hocon, ILogger log)
    {
        P2PNodeOptions settings = From(hocon, out IReadOnlyList<UnknownSetting> unknown);
        Warn(unknown, log);
        return settings;
    }

    /// <summary>Reads settings from a text in HOCON, and tells which keys are no settings.</summary>
    /// <param name="hocon">The text: its keys are the settings' names, in lower case with hyphens.</param>
    /// <param name="unknown">The keys that are none; what they say has no effect.</param>
    /// <exception cref="ArgumentException">
    /// The text is no HOCON, or a value is not allowed; the message says where and why.
    /// </exception>
    public static P2PNodeOptions From(string hocon, out IReadOnlyList<UnknownSetting> unknown)
    {
        ArgumentNullException.ThrowIfNull(hocon);
        return SettingsReader.Read(hocon, out unknown);
    }

    /// <summary>
    /// Reads settings from configuration, such as the <c>actorp2p</c> block of a file in <c>hocon/</c>; what is missing
    /// keeps its default.
    /// </summary>
    /// <param name="config">The block itself: its keys are the settings' names, in lower case with hyphens.</param>
    /// <exception cref="ArgumentException">
    /// A value is not allowed; the message names key, value and what is.
    /// </exception>
    public static P2PNodeOptions From(HoconConfig config) => From(config, out _);

    /// <summary>Reads settings from configuration, and warns of each key that is no setting.</summary>
    /// <param name="config">The block itself: its keys are the settings' names, in lower case with hyphens.</param>
    /// <param name="log">Where the warnings go.</param>
    /// <exception cref="ArgumentException">
    /// A value is not allowed; the message names key, value and what is.
    /// </exception>
    public static P2PNodeOptions From(HoconConfig config, ILogger log)
    {
        P2PNodeOptions settings = From(config, out IReadOnlyList<UnknownSetting> unknown);
        Warn(unknown, log);
        return settings;
    }

    /// <summary>Reads settings from configuration, and tells which keys are no settings.</summary>
    /// <param name="config">The block itself: its keys are the settings' names, in lower case with hyphens.</param>
    /// <param name="unknown">The keys that are none; what they say has no effect.</param>
    /// <exception cref="ArgumentException">
    /// A value is not allowed; the message names key, value and what is.
    /// </exception>
    public static P2PNodeOptions From(HoconConfig config, out IReadOnlyList<UnknownSetting> unknown)
    {
        ArgumentNullException.ThrowIfNull(config);
        return SettingsReader.Read(config, out unknown);
    }

    /// <summary>
    /// Reads settings from a configuration of Akka.NET, such as the <c>actorp2p</c> block of an ActorSystem's; what is
    /// missing keeps its default.
    /// </summary>
    /// <param name="config">
    /// The block itself, fallbacks included; a file with <c>${?NAME}</c> is for
    /// <see cref="HoconConfig.FromFile(string)"/>, since Akka.NET does not look such names up.
    /// </param>
    /// <exception cref="ArgumentException">
    /// A value is not allowed; the message names key, value and what is.
    /// </exception>
    public static P2PNodeOptions From(AkkaConfig config) => From(config, out _);

    /// <summary>Reads settings from a configuration of Akka.NET, and warns of each key that is no setting.</summary>
    /// <param name="config">
    /// The block itself, fallbacks included; a file with <c>${?NAME}</c> is for
    /// <see cref="HoconConfig.FromFile(string)"/>, since Akka.NET does not look such names up.
    /// </param>
    /// <param name="log">Where the warnings go.</param>
    /// <exception cref="ArgumentException">
    /// A value is not allowed; the message names key, value and what is.
    /// </exception>
    public static P2PNodeOptions From(AkkaConfig config, ILogger log)
    {
        P2PNodeOptions settings = From(config, out IReadOnlyList<UnknownSetting> unknown);
        Warn(unknown, log);
        return settings;
    }

    /// <summary>Reads settings from a configuration of Akka.NET, and tells which keys are no settings.</summary>
    /// <param name="config">
    /// The block itself, fallbacks included; a file with <c>${?NAME}</c> is for
    /// <see cref="HoconConfig.FromFile(string)"/>, since Akka.NET does not look such names up.
    /// </param>
    /// <param name="unknown">The keys that are none; what they say has no effect.</param>
    /// <exception cref="ArgumentException">
    /// A value is not allowed; the message names key, value and what is.
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
