using ActorP2P.Protocol;
using static ActorP2P.Protocol.SettingCheck;

namespace ActorP2P;

/// <content>What is allowed, and what follows from it for the node's memory.</content>
public sealed partial record P2PNodeOptions
{
    // The node dials all of them when it starts.
    private const int MostBootstrap = 1024;

    // Far more than any machine has, and small enough that sums and shares of budgets do not overflow.
    private const long MostReassembly = 1L << 40;
    private const long MostMemory = 1L << 50;

    /// <summary>Checks that each value is allowed and that the values agree with each other.</summary>
    /// <exception cref="ArgumentException">
    /// A value is not allowed; the message names it and says what is allowed.
    /// </exception>
    public P2PNodeOptions Validated()
    {
        Require(Session is not null, nameof(Session), "null", "settings of sessions");
        Require(Dial is not null, nameof(Dial), "null", "settings of dialling");
        Require(Enum.IsDefined(Transport), nameof(Transport), Transport, "AkkaIo or Sockets");
        Require(Enum.IsDefined(Broadcasts), nameof(Broadcasts), Broadcasts, "Handled, None or All");
        Require(Enum.IsDefined(Encryption), nameof(Encryption), Encryption, "Off or Required");
        Require(IdentityFile is null || !string.IsNullOrWhiteSpace(IdentityFile), nameof(IdentityFile),
            $"'{IdentityFile}'", "a path, or null");
        Require(NetworkSecretFile is null || !string.IsNullOrWhiteSpace(NetworkSecretFile), nameof(NetworkSecretFile),
            $"'{NetworkSecretFile}'", "a path, or null");
        Require(NetworkSecretFile is null || Encryption == Encryption.Required, nameof(Encryption), Encryption,
            $"Required, since {nameof(NetworkSecretFile)} is set, and others could use a proof without encryption");
        Require(CookieFile is null || !string.IsNullOrWhiteSpace(CookieFile), nameof(CookieFile),
            $"'{CookieFile}'", "a path, or null");
        Require(DataDirectory is null || !string.IsNullOrWhiteSpace(DataDirectory), nameof(DataDirectory),
            $"'{DataDirectory}'", "a path, or null");
        Require(Access is not null, nameof(Access), "null", "rules of access");
        Access!.Validated();
        Require(Encryption == Encryption.Required || !Access.NeedsProof, nameof(Encryption), Encryption,
            $"Required, because {nameof(Access)} names nodes and only encryption proves their ids");
        Require(AkkaIo is not null, nameof(AkkaIo), "null", "settings of Akka.IO");
        AkkaIo!.Validated();
        Require(Slots is not null, nameof(Slots), "null", "settings of slots");
        Slots!.Validated();
        Require(Rates is not null, nameof(Rates), "null", "settings of rates");
        Rates!.Validated();
        Session!.Validated();
        Dial!.Validated();
        Require(Discovery is not null, nameof(Discovery), "null", "settings of discovery");
        Discovery!.Validated();
        Require(Dht is not null, nameof(Dht), "null", "settings of the distributed hash table");
        Dht!.Validated();
        Require(Encryption == Encryption.Required || !Dht.Enabled, nameof(Encryption), Encryption,
            $"Required, since {nameof(Dht)}.{nameof(Dht.Enabled)} is true, and only encryption proves ids");
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
        if (Listen is not null)
        {
            RequireProof(Listen, nameof(Listen));
        }

        foreach (PeerAddress address in Bootstrap.Concat(Discovery.Bootstrap))
        {
            RequireProof(address, nameof(Bootstrap));
        }

        foreach (PeerAddress address in Announce)
        {
            Require(
                address.Id is null, nameof(Announce), address, "addresses without an id: the node's own id is meant");
            Require(!address.IsWildcard, nameof(Announce), address,
                "addresses that others can dial, so neither 0.0.0.0 nor ::");
        }
    }

    /// <summary>Checks that the node can find out whether the node that an address names has answered.</summary>
    /// <param name="address">The address.</param>
    /// <param name="name">The parameter or setting that holds it, for the message.</param>
    /// <exception cref="ArgumentException">
    /// The address names a node, and without encryption no id is proven.
    /// </exception>
    internal void RequireProof(PeerAddress address, string name) => Require(
        address.Id is null || Encryption == Encryption.Required, name, address,
        $"an address without an id, because {nameof(Encryption)} is {Encryption} and so no id is proven");

    /// <summary>Checks that a store can be opened if the settings name one.</summary>
    /// <param name="canOpen">Whether the host has said how a store is opened.</param>
    /// <exception cref="ArgumentException">They name one, and none can be opened.</exception>
    internal void RequireStore(bool canOpen) => Require(
        DataDirectory is null || canOpen, nameof(DataDirectory), DataDirectory,
        $"null, because {nameof(P2PNodeServices)}.{nameof(P2PNodeServices.OpenStore)} is not set");

    private void RequireCounts()
    {
        Require(MaxPendingRequests is > 0 and <= RequestId.MaxSlots, nameof(MaxPendingRequests), MaxPendingRequests,
            "1 to 16,777,216");
        Require(MaxConnections > 0, nameof(MaxConnections), MaxConnections, "1 or more");
        Require(MaxHalfOpen > 0, nameof(MaxHalfOpen), MaxHalfOpen, "1 or more");
        Require(MaxConcurrentHandlers > 0, nameof(MaxConcurrentHandlers), MaxConcurrentHandlers, "1 or more");
        Require(MaxNodeHandlers > 0, nameof(MaxNodeHandlers), MaxNodeHandlers, "1 or more");
        Require(SeenCapacity > 0, nameof(SeenCapacity), SeenCapacity, "1 or more");
    }

    private void RequireBudgets()
    {
        Require(ReassemblyBudget >= Session.MaxMessage && ReassemblyBudget <= MostReassembly, nameof(ReassemblyBudget),
            ReassemblyBudget,
            $"at least the longest message, {Session.MaxMessage}, at most 1 TiB");
        Require(MemoryBudget is not { } memory || (memory >= LeastMemory && memory <= MostMemory), nameof(MemoryBudget),
            MemoryBudget,
            $"at least {LeastMemory} (twice the reassembly budget, a full queue of messages and a full queue of "
            + "replies, each with one of the longest messages, four credit windows, and the windows and buffers of all "
            + "streams), at most 1 PiB");
        Require(DroppedBudget is not { } dropped || (dropped >= 0 && dropped <= (MemoryBudget ?? LeastMemory) / 4),
            nameof(DroppedBudget), DroppedBudget,
            "0 to a quarter of the memory budget (of its least value if it is automatic)");
    }

    /// <summary>The broadcasts that the node wants: one that only serves addresses wants none.</summary>
    internal BroadcastChoice TakenBroadcasts =>
        Discovery.Role == NodeRole.Discovery ? BroadcastChoice.None : Broadcasts;

    /// <summary>
    /// The most memory that one peer can occupy within the node's other bounds, including a full queue of messages and
    /// a full queue of replies, and as many streams of either side as are allowed.
    /// </summary>
    private long LeastMemory =>
        (2 * ReassemblyBudget) + (2L * ((long)Session.MaxQueued + Session.MaxMessage))
            + (CreditBook.Classes * (long)Session.CreditWindow) + (Session.MaxStreams * MemoryForStreams);

    // A stream that the peer has opened, and one that it lets this node open.
    private long MemoryForStreams => 2 * ((long)Session.StreamWindow + SessionSettings.StreamBuffer);

    /// <summary>
    /// Adapts the settings to the memory that the process may use. If the budget is automatic and one peer could occupy
    /// more than half of that memory, streams get a sixteenth of that half at most, and the longest message becomes as
    /// short as necessary.
    /// </summary>
    /// <exception cref="ArgumentException">Not even messages of one frame fit.</exception>
    internal P2PNodeOptions Within(long available)
    {
        long half = available / 2;
        if (MemoryBudget is not null || LeastMemory <= half)
        {
            return this;
        }

        // LeastMemory is this fixed part plus six times the longest message, if the reassembly budget is two of the
        // longest messages.
        int streams = (int)Math.Min(Session.MaxStreams, half / 16 / MemoryForStreams);
        long fixedPart = (2L * Session.MaxQueued) + (CreditBook.Classes * (long)Session.CreditWindow)
            + (streams * MemoryForStreams);
        long longest = Math.Min(Session.MaxMessage, (half - fixedPart) / 6);
        Require(longest >= SessionSettings.MinMaxMessage, nameof(MemoryBudget),
            $"automatic in a process that may use {available} bytes",
            $"a process that may use {2 * (fixedPart + (6L * SessionSettings.MinMaxMessage))} bytes, or smaller values "
            + "of MaxQueued and CreditWindow");
        return this with
        {
            ReassemblyBudget = Math.Min(ReassemblyBudget, 2 * longest),
            Session = Session with { MaxMessage = (int)longest, MaxStreams = streams },
        };
    }

    /// <summary>The memory budget in bytes, for a process that may use this many bytes.</summary>
    internal long MemoryBudgetIn(long available) => MemoryBudget ?? Math.Max(available / 8, LeastMemory);

    /// <summary>Checks that the memory budget leaves the process enough memory.</summary>
    /// <param name="available">The bytes that the process may use.</param>
    /// <exception cref="ArgumentException">The budget is more than three quarters of those bytes.</exception>
    internal void RequireMemory(long available) =>
        Require(MemoryBudgetIn(available) <= available / 4 * 3, nameof(MemoryBudget),
        MemoryBudgetIn(available),
        $"at most three quarters of the memory that the process may use, {available / 4 * 3}. The automatic budget is "
        + $"at least what one peer may use, {LeastMemory}: lower {nameof(ReassemblyBudget)} ({ReassemblyBudget}), "
        + $"{nameof(Session)}.{nameof(Session.MaxMessage)} ({Session.MaxMessage}), "
        + $"{nameof(Session)}.{nameof(Session.MaxQueued)} ({Session.MaxQueued}) and "
        + $"{nameof(Session)}.{nameof(Session.MaxStreams)} ({Session.MaxStreams})");

    /// <summary>The budget for dropped broadcasts, for a memory budget of this many bytes.</summary>
    internal long DroppedBudgetIn(long memory) =>
        Math.Min(DroppedBudget ?? Math.Min(memory / 16, 32L * 1024 * 1024), memory / 4);
}
