using ActorP2P.Hocon;
using ActorP2P.Protocol;
using Microsoft.Extensions.Logging;
using AkkaConfig = Akka.Configuration.Config;

namespace ActorP2P;

/// <summary>Everything about a node that can be set. Sizes are bytes.</summary>
public sealed record P2PSettings
{
    // Beyond it, adding to a time could overflow; nobody waits a month for a peer.
    private static readonly TimeSpan Longest = TimeSpan.FromDays(30);

    /// <summary>The network the node belongs to; nodes of other networks are refused. At most 64 bytes of UTF-8.</summary>
    public string NetworkId { get; init; } = "actorp2p";

    /// <summary>Where to listen; port 0 lets the system choose; null does not listen at all.</summary>
    public PeerAddress? Listen { get; init; } = new("127.0.0.1", 0);

    /// <summary>Addresses to tell others in the hello; empty: where the node really listens.</summary>
    public IReadOnlyList<PeerAddress> Announce { get; init; } = [];

    /// <summary>Nodes to dial at the start, and again whenever the connection is lost.</summary>
    public IReadOnlyList<PeerAddress> Bootstrap { get; init; } = [];

    /// <summary>Software name and version, told to peers. At most 256 bytes of UTF-8.</summary>
    public string UserAgent { get; init; } = "ActorP2P/0.1";

    /// <summary>How long an ask waits for its answer when it does not say. Floresta's connect value; most answers take far less.</summary>
    public TimeSpan RequestTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Asks that may wait at a time, over all peers; further ones fail at once.</summary>
    public int MaxPendingRequests { get; init; } = 65_536;

    /// <summary>Connections in all, either way.</summary>
    public int MaxConnections { get; init; } = 128;

    /// <summary>Inbound connections that may be in their handshake at a time.</summary>
    public int MaxHalfOpen { get; init; } = 64;

    /// <summary>
    /// Requests and notifies of one peer that are handled at a time, those not counted that wait for an ask of their own; the rest
    /// wait, and hold their credit.
    /// </summary>
    public int MaxConcurrentHandlers { get; init; } = 64;

    /// <summary>Asynchronous handlers that the node runs at a time, over all peers; connections that want more take turns.</summary>
    public int MaxNodeHandlers { get; init; } = 1024;

    /// <summary>
    /// Room for messages that arrive in fragments, over all peers, and as much again for responses. One peer may take a quarter, or
    /// one of the longest messages.
    /// </summary>
    public long ReassemblyBudget { get; init; } = Protocol.ReassemblyBudget.DefaultCapacity;

    /// <summary>
    /// What the node may hold for all its peers together: messages that arrive, windows that grow, messages that wait to be
    /// sent. Null: an eighth of the memory that the process may use, and never less than one peer alone needs.
    /// </summary>
    public long? MemoryBudget { get; init; }

    /// <summary>
    /// Broadcasts kept for half a minute because a peer could not be sent them, for it to ask for. Null: a sixteenth of the memory
    /// budget, and at most 32 MiB; 0 keeps none.
    /// </summary>
    public long? DroppedBudget { get; init; }

    /// <summary>Broadcast ids remembered in all.</summary>
    public int SeenCapacity { get; init; } = 65_536;

    /// <summary>Broadcast ids remembered for one peer: a flood of new ones evicts its own only.</summary>
    public int SeenQuota { get; init; } = 16_384;

    /// <summary>How long a broadcast id is remembered: far longer than 32 hops take.</summary>
    public TimeSpan SeenLifetime { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>Times and bounds of each session.</summary>
    public SessionSettings Session { get; init; } = new();

    /// <summary>Times of dialling.</summary>
    public DialSettings Dial { get; init; } = new();

    /// <summary>Every setting with its default, its unit and the reason for it: the file <c>reference.conf</c> of this library.</summary>
    public static string Reference
    {
        get
        {
            using Stream stream = typeof(P2PSettings).Assembly.GetManifestResourceStream("ActorP2P.reference.conf")!;
            using var reader = new StreamReader(stream);
            return reader.ReadToEnd();
        }
    }

    /// <summary>
    /// Reads settings from configuration, such as the <c>actorp2p</c> block of a file in <c>hocon/</c>; what is missing keeps
    /// its default.
    /// </summary>
    /// <param name="config">The block itself: its keys are the settings' names, in lower case with hyphens.</param>
    /// <exception cref="ArgumentException">A value is not allowed; the message names key, value and what is.</exception>
    public static P2PSettings From(HoconConfig config) => From(config, out _);

    /// <summary>Reads settings from configuration, and warns of each key that is no setting.</summary>
    /// <param name="config">The block itself: its keys are the settings' names, in lower case with hyphens.</param>
    /// <param name="log">Where the warnings go.</param>
    /// <exception cref="ArgumentException">A value is not allowed; the message names key, value and what is.</exception>
    public static P2PSettings From(HoconConfig config, ILogger log)
    {
        P2PSettings settings = From(config, out IReadOnlyList<UnknownSetting> unknown);
        Warn(unknown, log);
        return settings;
    }

    /// <summary>Reads settings from configuration, and tells which keys are no settings.</summary>
    /// <param name="config">The block itself: its keys are the settings' names, in lower case with hyphens.</param>
    /// <param name="unknown">The keys that are none; what they say has no effect.</param>
    /// <exception cref="ArgumentException">A value is not allowed; the message names key, value and what is.</exception>
    public static P2PSettings From(HoconConfig config, out IReadOnlyList<UnknownSetting> unknown)
    {
        ArgumentNullException.ThrowIfNull(config);
        return SettingsReader.Read(config, out unknown);
    }

    /// <summary>
    /// Reads settings from a configuration of Akka.NET, such as the <c>actorp2p</c> block of an ActorSystem's; what is missing
    /// keeps its default.
    /// </summary>
    /// <param name="config">
    /// The block itself, fallbacks included; a file with <c>${?NAME}</c> is for <see cref="HoconConfig.FromFile(string)"/>,
    /// since Akka.NET does not look such names up.
    /// </param>
    /// <exception cref="ArgumentException">A value is not allowed; the message names key, value and what is.</exception>
    public static P2PSettings From(AkkaConfig config) => From(config, out _);

    /// <summary>Reads settings from a configuration of Akka.NET, and warns of each key that is no setting.</summary>
    /// <param name="config">
    /// The block itself, fallbacks included; a file with <c>${?NAME}</c> is for <see cref="HoconConfig.FromFile(string)"/>,
    /// since Akka.NET does not look such names up.
    /// </param>
    /// <param name="log">Where the warnings go.</param>
    /// <exception cref="ArgumentException">A value is not allowed; the message names key, value and what is.</exception>
    public static P2PSettings From(AkkaConfig config, ILogger log)
    {
        P2PSettings settings = From(config, out IReadOnlyList<UnknownSetting> unknown);
        Warn(unknown, log);
        return settings;
    }

    /// <summary>Reads settings from a configuration of Akka.NET, and tells which keys are no settings.</summary>
    /// <param name="config">
    /// The block itself, fallbacks included; a file with <c>${?NAME}</c> is for <see cref="HoconConfig.FromFile(string)"/>,
    /// since Akka.NET does not look such names up.
    /// </param>
    /// <param name="unknown">The keys that are none; what they say has no effect.</param>
    /// <exception cref="ArgumentException">A value is not allowed; the message names key, value and what is.</exception>
    public static P2PSettings From(AkkaConfig config, out IReadOnlyList<UnknownSetting> unknown)
    {
        ArgumentNullException.ThrowIfNull(config);
        return SettingsReader.Read(config, out unknown);
    }

    /// <summary>Checks that the values agree with each other.</summary>
    /// <exception cref="ArgumentException">One does not; the message names it, its value and what is allowed.</exception>
    public P2PSettings Validated()
    {
        Session.Validated();
        int network = System.Text.Encoding.UTF8.GetByteCount(NetworkId);
        int agent = System.Text.Encoding.UTF8.GetByteCount(UserAgent);
        Require(network is > 0 and <= HelloCodec.MaxNetworkId, nameof(NetworkId), NetworkId, "1 to 64 bytes of UTF-8");
        Require(agent <= HelloCodec.MaxUserAgent, nameof(UserAgent), UserAgent, "at most 256 bytes of UTF-8");
        Require(Announce.Count <= HelloCodec.MaxAddresses, nameof(Announce), Announce.Count, "at most 8 addresses");
        RequireTime(nameof(RequestTimeout), RequestTimeout);
        Require(MaxPendingRequests is > 0 and <= RequestId.MaxSlots, nameof(MaxPendingRequests), MaxPendingRequests, "1 to 16,777,216");
        Require(MaxConnections > 0, nameof(MaxConnections), MaxConnections, "1 or more");
        Require(MaxHalfOpen > 0, nameof(MaxHalfOpen), MaxHalfOpen, "1 or more");
        Require(MaxConcurrentHandlers > 0, nameof(MaxConcurrentHandlers), MaxConcurrentHandlers, "1 or more");
        Require(MaxNodeHandlers > 0, nameof(MaxNodeHandlers), MaxNodeHandlers, "1 or more");
        Require(ReassemblyBudget >= Session.MaxMessage, nameof(ReassemblyBudget), ReassemblyBudget,
            $"at least the longest message, {Session.MaxMessage}");
        Require(MemoryBudget is not { } memory || memory >= LeastMemory, nameof(MemoryBudget), MemoryBudget,
            $"at least {LeastMemory}: twice the reassembly budget, a send queue of messages and one of replies with one of the longest each, four credit windows");
        Require(DroppedBudget is not { } dropped || (dropped >= 0 && dropped <= (MemoryBudget ?? LeastMemory) / 4), nameof(DroppedBudget), DroppedBudget,
            "0 to a quarter of the memory budget (of its least, where that is automatic)");
        Require(SeenCapacity > 0, nameof(SeenCapacity), SeenCapacity, "1 or more");
        Require(SeenQuota > 0 && SeenQuota <= SeenCapacity, nameof(SeenQuota), SeenQuota, $"1 to the capacity, {SeenCapacity}");
        RequireTime(nameof(SeenLifetime), SeenLifetime);
        RequireTime(nameof(Dial.ConnectTimeout), Dial.ConnectTimeout);
        RequireTime(nameof(Dial.FirstBackoff), Dial.FirstBackoff);
        RequireTime(nameof(Dial.MaxBackoff), Dial.MaxBackoff);
        Require(Dial.MaxBackoff >= Dial.FirstBackoff, nameof(Dial.MaxBackoff), Dial.MaxBackoff,
            $"at least the first pause, {Dial.FirstBackoff}");
        RequireTime(nameof(Dial.HealthyAfter), Dial.HealthyAfter);
        return this;
    }

    /// <summary>What one peer may make a node hold that keeps to all its other bounds: a full queue of messages and one of replies, too.</summary>
    private long LeastMemory =>
        (2 * ReassemblyBudget) + (2L * ((long)Session.MaxQueued + Session.MaxMessage)) + (CreditBook.Classes * (long)Session.CreditWindow);

    /// <summary>The memory budget in bytes, for a process that may use so many.</summary>
    internal long MemoryBudgetIn(long available) => MemoryBudget ?? Math.Max(available / 8, LeastMemory);

    /// <summary>What dropped broadcasts may take of a memory budget of so many bytes.</summary>
    internal long DroppedBudgetIn(long memory) => DroppedBudget ?? Math.Min(memory / 16, 32L * 1024 * 1024);

    private static void Warn(IReadOnlyList<UnknownSetting> unknown, ILogger log)
    {
        foreach (UnknownSetting setting in unknown)
        {
            SettingsLog.UnknownKey(log, setting);
        }
    }

    private static void RequireTime(string name, TimeSpan value) =>
        Require(value > TimeSpan.Zero && value <= Longest, name, value, $"more than zero, at most {Longest.Days} days");

    private static void Require<T>(bool holds, string name, T value, string allowed)
    {
        if (!holds)
        {
            throw new ArgumentException($"{name} is {value}; allowed: {allowed}.", name);
        }
    }
}
