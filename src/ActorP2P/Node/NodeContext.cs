using ActorP2P.Protocol;
using ActorP2P.Transport;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace ActorP2P;

/// <summary>What a node's actors share: settings and services.</summary>
internal sealed class NodeContext
{
    // Room in the hello for the addresses that the node will listen on: the most IP addresses in a hello, or one long
    // name.
    private const int ListenRoom = 512;

    // Room in the hello for proofs of the network's secret.
    private const int ProofRoom = 128;

    private readonly long _start;
    private int[]? _creditWindows;

    public NodeContext()
    {
        Judges = new Judges(this);
        Admissions = new AdmissionCalls(this);
    }

    /// <summary>The settings, of which the manager changes some while the node runs.</summary>
    public required P2PNodeOptions Settings
    {
        get => Volatile.Read(ref field);
        set => Volatile.Write(ref field, value);
    }

    /// <summary>The settings that the node was started with, before they were fitted to the process.</summary>
    public required P2PNodeOptions Asked { get; init; }

    public required MessageCatalog Catalog { get; init; }

    public required ITransport Transport { get; init; }

    /// <summary>The transport, if the node has made it and must dispose it; otherwise null.</summary>
    public IAsyncDisposable? OwnTransport { get; init; }

    /// <summary>What encrypts the transport, if it must be disposed; otherwise null.</summary>
    public IDisposable? OwnProtection { get; init; }

    /// <summary>The clock and the timers of the node.</summary>
    public required TimeProvider TimeProvider
    {
        get;
        init
        {
            field = value;
            _start = value.GetTimestamp();
            StartedAt = value.GetUtcNow();
        }
    }

    /// <summary>When the node was made, by its own clock.</summary>
    public DateTimeOffset StartedAt { get; private init; }

    /// <summary>Time since the node was made; it never goes back.</summary>
    public TimeSpan Now => TimeProvider.GetElapsedTime(_start);

    public required ILogger Logger { get; init; }

    public required NodeRandom Random { get; init; }

    /// <summary>
    /// The salts of broadcasts. They differ from node to node, so that equal messages of two nodes are two broadcasts.
    /// </summary>
    public required Random BroadcastSalts { get; init; }

    public required NodeId Id { get; init; }

    /// <summary>Who may be a peer. The manager changes it while the node runs.</summary>
    public required AccessRules Access
    {
        get => Volatile.Read(ref field);
        set => Volatile.Write(ref field, value);
    }

    /// <summary>What the node says of itself. The manager changes it while the node runs.</summary>
    public required NodeProfile Profile
    {
        get => Volatile.Read(ref field);
        set => Volatile.Write(ref field, value);
    }

    /// <summary>Which peers may use which service. The manager changes it while the node runs.</summary>
    public required ServicePolicy Policy
    {
        get => Volatile.Read(ref field);
        set => Volatile.Write(ref field, value);
    }

    /// <summary>Who is banned. The manager changes it while the node runs.</summary>
    public BanList Bans
    {
        get => Volatile.Read(ref field);
        set => Volatile.Write(ref field, value);
    } = BanList.Empty;

    /// <summary>The peers that the node keeps connected.</summary>
    public PersistentPeers Persistent => field ??= new PersistentPeers(Asked.Bootstrap, Handles);

    /// <summary>Writes to the node's store; null when it has none. Set before the actors are made.</summary>
    public StoreWriter? Store { get; set; }

    /// <summary>What the store had when the node started.</summary>
    public StoredTables Stored { get; set; } = new();

    /// <summary>What peers must know; null: nothing.</summary>
    public NetworkSecret? Secret { get; init; }

    /// <summary>What signs for the node, and checks signatures of others.</summary>
    public required ISigner Signer { get; init; }

    /// <summary>What peers that log in must know; null: nobody can log in.</summary>
    public LoginCookie? Cookie { get; init; }

    /// <summary>The random numbers of logins.</summary>
    public required LoginNonces LoginNonces { get; init; }

    /// <summary>What the host calls it; null when it has no name.</summary>
    public string? Name { get; init; }

    /// <summary>The source of the services that handlers use; null when they have none.</summary>
    public IServiceScopeFactory? Scopes { get; init; }

    public required ulong InstanceId { get; init; }

    public required ulong Nonce { get; init; }

    public required MemoryBudget Memory { get; init; }

    /// <summary>Whether others wait for the node, and the rates of peers while they do.</summary>
    public required Pressure Pressure { get; init; }

    /// <summary>Outlives the Broadcaster's restarts; only the Broadcaster touches it.</summary>
    public required GossipState Gossip { get; init; }

    /// <summary>Broadcasts that peers missed. Only the Broadcaster uses it; any thread may read its size.</summary>
    public required DroppedBroadcasts Dropped { get; init; }

    /// <summary>
    /// Outlives the DhtActor's restarts; only the DhtActor uses it. Null: the node takes no part in the distributed
    /// hash table.
    /// </summary>
    public DhtState? Dht { get; init; }

    public required HandlerSlots HandlerSlots { get; init; }

    /// <summary>The asks on their way to the RequestTracker. The queue outlives the tracker's restarts.</summary>
    public required AskQueue Asks { get; init; }

    /// <summary>The node's top actor; <c>Nobody</c> before it has started.</summary>
    public IActorRef Manager { get; set; } = ActorRefs.Nobody;

    /// <summary>The application's handlers that run now.</summary>
    public RunningHandlers Running { get; } = new();

    /// <summary>The queues of broadcasts that wait for a verdict.</summary>
    public Judges Judges { get; }

    /// <summary>The questions to the program whether to admit peers.</summary>
    public AdmissionCalls Admissions { get; }

    public NodeCounters Counters { get; } = new();

    public required NodeBoard Board { get; init; }

    /// <summary>The node's metrics; set before its actors are made.</summary>
    public NodeMetrics Metrics { get; set; } = null!;

    /// <summary>The node's public object; set before its actors are made.</summary>
    public P2PNode Node { get; set; } = null!;

    /// <summary>The actors that the facade sends messages to; set by the manager before it listens.</summary>
    public NodeActors? Actors { get; set; }

    /// <summary>The addresses that the application's handles keep connected.</summary>
    public HandleTable Handles { get; } = new();

    /// <summary>
    /// The scheduler on which the node's actors run; set by the manager. What runs there outside of their turns stays
    /// in the node's simulation, if it is in one.
    /// </summary>
    public TaskScheduler Scheduler { get; set; } = TaskScheduler.Default;

    /// <summary>What discovery publishes; null: the node does not look for others.</summary>
    public DiscoveryBoard? Discovery { get; init; }

    /// <summary>What looks up the DNS names of discovery.</summary>
    public required IDnsSource DnsSource { get; init; }

    /// <summary>The callers who wait for connections to end.</summary>
    public ClosingConnections Closings { get; } = new();

    /// <summary>Checks that peers will accept the length of the node's hello, whatever it says later.</summary>
    /// <param name="name">The parameter that named the services, for the message.</param>
    /// <exception cref="ArgumentException">The hello is too long; the message says by how much.</exception>
    public void RequireHello(string name)
    {
        Hello longest = CreateHello() with
        {
            State = new byte[HelloCodec.MaxState],
            WantedBroadcasts = Catalog.Wanted(BroadcastChoice.Handled),
        };
        int size = HelloCodec.SizeOf(longest) + (Settings.Announce.Count > 0 ? 0 : ListenRoom) + ProofRoom;
        if (size > HelloCodec.MaxSize)
        {
            throw new ArgumentException(
                $"{name} names {Catalog.ServiceNames.Count} services, and with the announced addresses, the types of "
                + $"broadcasts and a state that makes a hello of up to {size} bytes; allowed: {HelloCodec.MaxSize}.",
                name);
        }
    }

    /// <summary>Reports to the log and to subscribers of events that a handler of the application has failed.</summary>
    public void ReportFault(Peer peer, ushort type, string name, Exception exception)
    {
        Log.HandlerFailed(Logger, exception, name);
        Manager.Tell(new ManagerMessages.HandlerFault(new HandlerFailed(peer, type, exception)), ActorRefs.NoSender);
    }

    /// <summary>
    /// Cancels a handler whose outcome is no longer needed. The application's callbacks run as a work item of
    /// their own, so that no actor is delayed or fails when they block or throw. Call it in an actor's turn.
    /// </summary>
    public void Cancel(MessageContext? context)
    {
        if (context?.Cancel() is { } source)
        {
            CancelSoon(source, TaskScheduler.Current);
        }
    }

    /// <summary>Cancels a token of the application in a work item of its own.</summary>
    public void CancelSoon(CancellationTokenSource source, TaskScheduler scheduler) => _ = Task.Factory.StartNew(
        () => Cancel(source), CancellationToken.None, TaskCreationOptions.DenyChildAttach, scheduler);

    private void Cancel(CancellationTokenSource source)
    {
        try
        {
            source.Cancel();
        }
        catch (AggregateException exception)
        {
            Log.CancellationFailed(Logger, exception);
        }
    }

    /// <summary>The addresses that the node says it can be dialled at.</summary>
    public IReadOnlyList<PeerAddress> AnnouncedAddresses => Settings.Announce.Count > 0 ? Settings.Announce
        : [.. Board.ListenAddresses.Where(static address => !address.IsWildcard).Take(HelloCodec.MaxAddresses)];

    /// <summary>The ban that forbids to dial an address; null when none does.</summary>
    public Ban? BanOf(PeerAddress target)
    {
        bool isPersistent = Persistent.Has(target, target.Id);
        return Bans.Of(Now, target, isPersistent)
            ?? (target.Id is { } node ? Bans.Of(Now, node, isPersistent) : null);
    }

    /// <summary>The node's current hello.</summary>
    public Hello CreateHello() => new()
    {
        NetworkId = Settings.NetworkId,
        MinVersion = PeerSession.ProtocolVersion,
        MaxVersion = PeerSession.ProtocolVersion,
        NodeId = new ClaimedNodeId(Id),
        InstanceId = InstanceId,
        Nonce = Nonce,
        UserAgent = Settings.UserAgent,
        ListenAddresses = AnnouncedAddresses,
        Services = Catalog.ServiceNames,
        CreditWindows = CreditWindows(),
        MaxMessage = Settings.Session.MaxMessage,
        MaxRequests = Settings.Session.MaxRequests,
        State = Profile.State,
        WantedBroadcasts = Profile.WantedBroadcasts,
        Features = Discovery is null ? 0 : 1UL << (int)HelloFeature.PeerExchange,
        StreamWindow = Settings.Session.StreamWindow,
        MaxStreams = Settings.Session.MaxStreams,
        UnixMilliseconds = TimeProvider.GetUtcNow().ToUnixTimeMilliseconds(),
    };

    // One array for all connections, whose hellos share it (Hello.Sharing).
    private int[] CreditWindows()
    {
        int window = Settings.Session.CreditWindow;
        int[]? windows = _creditWindows;
        if (windows is null || windows[0] != window)
        {
            _creditWindows = windows = new int[CreditBook.Classes];
            Array.Fill(windows, window);
        }

        return windows;
    }
}
