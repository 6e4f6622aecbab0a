using ActorP2P.Hocon;
using ActorP2P.Protocol;
using Microsoft.Extensions.Logging;
using AkkaConfig = Akka.Configuration.Config;

namespace ActorP2P;

/// <summary>Everything about a node that can be set. Sizes are bytes.</summary>
public sealed record P2PNodeOptions
{
    // Dialled all at once when the node starts.
    private const int MostBootstrap = 1024;

    // Far beyond what a machine has, and far below where sums and shares of budgets would overflow.
    private const long MostReassembly = 1L << 40;
    private const long MostMemory = 1L << 50;

    /// <summary>The network the node belongs to; nodes of other networks are refused. At most 64 bytes of UTF-8.</summary>
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
    /// sent. Null: an eighth of the memory that the process may use, and never less than one peer alone needs. Where that is
    /// more than half of the process's memory, the node takes shorter messages than <see cref="SessionSettings.MaxMessage"/>,
    /// as long as fits, and warns at its start; where nothing fits, it does not start.
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

    /// <summary>What carries the bytes. Without effect on a node whose environment has a transport.</summary>
    public TransportKind Transport { get; init; } = TransportKind.AkkaIo;

    /// <summary>What can be set about Akka.IO.</summary>
    public AkkaIoSettings AkkaIo { get; init; } = new();

    /// <summary>Times and bounds of each session.</summary>
    public SessionSettings Session { get; init; } = new();

    /// <summary>Times of dialling.</summary>
    public DialSettings Dial { get; init; } = new();

    /// <summary>Every setting with its default, its unit and the reason for it: the file <c>reference.conf</c> of this library.</summary>
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
    /// Reads settings from configuration, such as the <c>actorp2p</c> block of a file in <c>hocon/</c>; what is missing keeps
    /// its default.
    /// </summary>
    /// <param name="config">The block itself: its keys are the settings' names, in lower case with hyphens.</param>
    /// <exception cref="ArgumentException">A value is not allowed; the message names key, value and what is.</exception>
    public static P2PNodeOptions From(HoconConfig config) => From(config, out _);

    /// <summary>Reads settings from configuration, and warns of each key that is no setting.</summary>
    /// <param name="config">The block itself: its keys are the settings' names, in lower case with hyphens.</param>
    /// <param name="log">Where the warnings go.</param>
    /// <exception cref="ArgumentException">A value is not allowed; the message names key, value and what is.</exception>
    public static P2PNodeOptions From(HoconConfig config, ILogger log)
    {
        P2PNodeOptions settings = From(config, out IReadOnlyList<UnknownSetting> unknown);
        Warn(unknown, log);
        return settings;
    }

    /// <summary>Reads settings from configuration, and tells which keys are no settings.</summary>
    /// <param name="config">The block itself: its keys are the settings' names, in lower case with hyphens.</param>
    /// <param name="unknown">The keys that are none; what they say has no effect.</param>
    /// <exception cref="ArgumentException">A value is not allowed; the message names key, value and what is.</exception>
    public static P2PNodeOptions From(HoconConfig config, out IReadOnlyList<UnknownSetting> unknown)
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
    public static P2PNodeOptions From(AkkaConfig config) => From(config, out _);

    /// <summary>Reads settings from a configuration of Akka.NET, and warns of each key that is no setting.</summary>
    /// <param name="config">
    /// The block itself, fallbacks included; a file with <c>${?NAME}</c> is for <see cref="HoconConfig.FromFile(string)"/>,
    /// since Akka.NET does not look such names up.
    /// </param>
    /// <param name="log">Where the warnings go.</param>
    /// <exception cref="ArgumentException">A value is not allowed; the message names key, value and what is.</exception>
    public static P2PNodeOptions From(AkkaConfig config, ILogger log)
    {
        P2PNodeOptions settings = From(config, out IReadOnlyList<UnknownSetting> unknown);
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
    public static P2PNodeOptions From(AkkaConfig config, out IReadOnlyList<UnknownSetting> unknown)
    {
        ArgumentNullException.ThrowIfNull(config);
        return SettingsReader.Read(config, out unknown);
    }

    /// <summary>Checks that the values are allowed and agree with each other.</summary>
    /// <exception cref="ArgumentException">One does not; the message names it, its value and what is allowed.</exception>
    public P2PNodeOptions Validated()
    {
        Require(Session is not null, nameof(Session), "null", "settings of sessions");
        Require(Dial is not null, nameof(Dial), "null", "settings of dialling");
        Require(Enum.IsDefined(Transport), nameof(Transport), Transport, "AkkaIo or Sockets");
        Require(AkkaIo is not null, nameof(AkkaIo), "null", "settings of Akka.IO");
        AkkaIo!.Validated();
        Session!.Validated();
        Dial!.Validated();
        HelloText.Require(NetworkId, 1, HelloCodec.MaxNetworkId, nameof(NetworkId));
        HelloText.Require(UserAgent, 0, HelloCodec.MaxUserAgent, nameof(UserAgent));
        RequireAddresses();
        RequireCounts();
        RequireBudgets();
        WaitTime.Require(RequestTimeout, nameof(RequestTimeout));
        WaitTime.Require(SeenLifetime, nameof(SeenLifetime));
        return this;
    }

    private void RequireAddresses()
    {
        RequireDialable(Announce, nameof(Announce), HelloCodec.MaxAddresses);
        RequireDialable(Bootstrap, nameof(Bootstrap), MostBootstrap);
        foreach (PeerAddress address in Announce)
        {
            Require(!address.IsWildcard, nameof(Announce), address, "addresses that others can dial, so neither 0.0.0.0 nor ::");
        }
    }

    private void RequireCounts()
    {
        Require(MaxPendingRequests is > 0 and <= RequestId.MaxSlots, nameof(MaxPendingRequests), MaxPendingRequests, "1 to 16,777,216");
        Require(MaxConnections > 0, nameof(MaxConnections), MaxConnections, "1 or more");
        Require(MaxHalfOpen > 0, nameof(MaxHalfOpen), MaxHalfOpen, "1 or more");
        Require(MaxConcurrentHandlers > 0, nameof(MaxConcurrentHandlers), MaxConcurrentHandlers, "1 or more");
        Require(MaxNodeHandlers > 0, nameof(MaxNodeHandlers), MaxNodeHandlers, "1 or more");
        Require(SeenCapacity > 0, nameof(SeenCapacity), SeenCapacity, "1 or more");
        Require(SeenQuota > 0 && SeenQuota <= SeenCapacity, nameof(SeenQuota), SeenQuota, $"1 to the capacity, {SeenCapacity}");
    }

    private void RequireBudgets()
    {
        Require(ReassemblyBudget >= Session.MaxMessage && ReassemblyBudget <= MostReassembly, nameof(ReassemblyBudget), ReassemblyBudget,
            $"at least the longest message, {Session.MaxMessage}, at most 1 TiB");
        Require(MemoryBudget is not { } memory || (memory >= LeastMemory && memory <= MostMemory), nameof(MemoryBudget), MemoryBudget,
            $"at least {LeastMemory}: twice the reassembly budget, a send queue of messages and one of replies with one of the "
            + "longest each, four credit windows; at most 1 PiB");
        Require(DroppedBudget is not { } dropped || (dropped >= 0 && dropped <= (MemoryBudget ?? LeastMemory) / 4), nameof(DroppedBudget), DroppedBudget,
            "0 to a quarter of the memory budget (of its least, where that is automatic)");
    }

    /// <summary>What one peer may make a node hold that keeps to all its other bounds: a full queue of messages and one of replies, too.</summary>
    private long LeastMemory =>
        (2 * ReassemblyBudget) + (2L * ((long)Session.MaxQueued + Session.MaxMessage)) + (CreditBook.Classes * (long)Session.CreditWindow);

    /// <summary>
    /// The settings as a process can keep them that may use so many bytes. Where the budget is automatic, and what one peer
    /// may take is more than half of the process's memory, messages are to be shorter: as long as fits.
    /// </summary>
    /// <exception cref="ArgumentException">Not even messages of one frame fit.</exception>
    internal P2PNodeOptions Within(long available)
    {
        long half = available / 2;
        if (MemoryBudget is not null || LeastMemory <= half)
        {
            return this;
        }

        // Of the least memory this depends on the longest message, when fragments have room for two: six times it.
        long fixedPart = (2L * Session.MaxQueued) + (CreditBook.Classes * (long)Session.CreditWindow);
        long longest = Math.Min(Session.MaxMessage, (half - fixedPart) / 6);
        Require(longest >= SessionSettings.MinMaxMessage, nameof(MemoryBudget), $"automatic in a process that may use {available} bytes",
            $"a process that may use {2 * (fixedPart + (6L * SessionSettings.MinMaxMessage))}, or less to be queued and granted "
            + "(MaxQueued, CreditWindow)");
        return this with
        {
            ReassemblyBudget = Math.Min(ReassemblyBudget, 2 * longest),
            Session = Session with { MaxMessage = (int)longest },
        };
    }

    /// <summary>The memory budget in bytes, for a process that may use so many.</summary>
    internal long MemoryBudgetIn(long available) => MemoryBudget ?? Math.Max(available / 8, LeastMemory);

    /// <summary>Checks that the process has room for the budget of these settings.</summary>
    /// <param name="available">Bytes that the process may use.</param>
    /// <exception cref="ArgumentException">It has not: one node would be all there is to run out of memory.</exception>
    internal void RequireMemory(long available) => Require(MemoryBudgetIn(available) <= available / 4 * 3, nameof(MemoryBudget),
        MemoryBudgetIn(available), $"at most three quarters of what the process may use, {available / 4 * 3}. The automatic budget is "
        + $"never less than one peer may take, {LeastMemory}: lower {nameof(ReassemblyBudget)} ({ReassemblyBudget}), "
        + $"{nameof(Session)}.{nameof(Session.MaxMessage)} ({Session.MaxMessage}) and {nameof(Session)}.{nameof(Session.MaxQueued)} "
        + $"({Session.MaxQueued})");

    /// <summary>What dropped broadcasts may take of a memory budget of so many bytes.</summary>
    internal long DroppedBudgetIn(long memory) => Math.Min(DroppedBudget ?? Math.Min(memory / 16, 32L * 1024 * 1024), memory / 4);

    private static void RequireDialable(IReadOnlyList<PeerAddress>? addresses, string name, int most)
    {
        Require(addresses is not null, name, "null", "a list of addresses");
        Require(addresses!.Count <= most, name, $"{addresses.Count} addresses", $"at most {most}");
        foreach (PeerAddress? address in addresses)
        {
            Require(address is not null, name, "a list with null in it", "a list of addresses");
            address!.RequireDialable(name);
        }
    }

    private static void Warn(IReadOnlyList<UnknownSetting> unknown, ILogger log)
    {
        foreach (UnknownSetting setting in unknown)
        {
            SettingsLog.UnknownKey(log, setting);
        }
    }

    private static void Require<T>(bool holds, string name, T value, string allowed)
    {
        if (!holds)
        {
            throw new ArgumentException($"{name} is {value}; allowed: {allowed}.", name);
        }
    }
}
