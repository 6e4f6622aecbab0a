using ActorP2P.Protocol;
using ActorP2P.Transport;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace ActorP2P;

/// <summary>What a node's actors have in common: settings and services, nothing that one of them changes under another.</summary>
internal sealed class NodeContext
{
    // For the addresses that the node will listen on: as many IP addresses as are told, or one long name.
    private const int ListenRoom = 512;

    private readonly long _start;

    public NodeContext() => Judges = new Judges(this);

    public required P2PNodeOptions Settings { get; init; }

    public required MessageCatalog Catalog { get; init; }

    public required ITransport Transport { get; init; }

    /// <summary>The transport if the node has made it, and has to end it.</summary>
    public IAsyncDisposable? OwnTransport { get; init; }

    /// <summary>The one clock of the node, and its timers.</summary>
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

    /// <summary>When the node was made, by its clock.</summary>
    public DateTimeOffset StartedAt { get; private init; }

    /// <summary>Time since the node was made; it never goes back.</summary>
    public TimeSpan Now => TimeProvider.GetElapsedTime(_start);

    public required ILogger Logger { get; init; }

    public required NodeRandom Random { get; init; }

    /// <summary>Salts of broadcasts, another for each node: two that say the same at once say two things.</summary>
    public required Random BroadcastSalts { get; init; }

    public required NodeId Id { get; init; }

    /// <summary>What the host calls it; null when it has no name.</summary>
    public string? Name { get; init; }

    /// <summary>Where handlers have their services from; null when they have none.</summary>
    public IServiceScopeFactory? Scopes { get; init; }

    public required ulong InstanceId { get; init; }

    public required ulong Nonce { get; init; }

    public required MemoryBudget Memory { get; init; }

    /// <summary>Outlives the Broadcaster's restarts; only the Broadcaster touches it.</summary>
    public required GossipState Gossip { get; init; }

    /// <summary>What peers were not sent. Only the Broadcaster touches it; how much it is may be read by all.</summary>
    public required DroppedBroadcasts Dropped { get; init; }

    public required HandlerSlots HandlerSlots { get; init; }

    /// <summary>Asks on their way to the RequestTracker; it outlives the tracker's restarts.</summary>
    public required AskQueue Asks { get; init; }

    /// <summary>The node's top actor; nobody before it has started.</summary>
    public IActorRef Manager { get; set; } = ActorRefs.Nobody;

    /// <summary>The application's handlers that run now.</summary>
    public RunningHandlers Running { get; } = new();

    /// <summary>Where broadcasts are judged.</summary>
    public Judges Judges { get; }

    public NodeCounters Counters { get; } = new();

    public required NodeBoard Board { get; init; }

    /// <summary>What meters are told; set before its actors are made.</summary>
    public NodeMetrics Metrics { get; set; } = null!;

    /// <summary>The node as the application knows it; set before its actors are made.</summary>
    public P2PNode Node { get; set; } = null!;

    /// <summary>The actors that the facade talks to; set by the manager before it listens.</summary>
    public NodeActors? Actors { get; set; }

    /// <summary>Those who wait for connections to end.</summary>
    public ClosingConnections Closings { get; } = new();

    /// <summary>Checks that peers will take what the node says of itself.</summary>
    /// <param name="name">The parameter that named the services, for the message.</param>
    /// <exception cref="ArgumentException">It is too long; the message says by how much.</exception>
    public void RequireHello(string name)
    {
        int size = HelloCodec.SizeOf(CreateHello()) + (Settings.Announce.Count > 0 ? 0 : ListenRoom);
        if (size > HelloCodec.MaxSize)
        {
            throw new ArgumentException(
                $"{name} names {Catalog.ServiceNames.Count} services, and with the announced addresses that makes a hello of "
                + $"{size} bytes; allowed: {HelloCodec.MaxSize}.", name);
        }
    }

    /// <summary>A handler of the application has failed: told to the log and to whoever subscribes to events.</summary>
    public void ReportFault(Peer peer, ushort type, string name, Exception exception)
    {
        Log.HandlerFailed(Logger, exception, name);
        Manager.Tell(new ManagerMessages.HandlerFault(new HandlerFailed(peer, type, exception)), ActorRefs.NoSender);
    }

    /// <summary>
    /// Tells a handler that nobody waits for it. The application's callbacks run as a work item of their own: they may block, or
    /// throw, and no actor is held up or fails. Call it in an actor's turn.
    /// </summary>
    public void Cancel(MessageContext? context)
    {
        if (context?.Cancel() is { } source)
        {
            _ = Task.Factory.StartNew(
                () => Cancel(source), CancellationToken.None, TaskCreationOptions.DenyChildAttach, TaskScheduler.Current);
        }
    }

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

    /// <summary>What the node says of itself now.</summary>
    public Hello CreateHello() => new()
    {
        NetworkId = Settings.NetworkId,
        MinVersion = PeerSession.ProtocolVersion,
        MaxVersion = PeerSession.ProtocolVersion,
        NodeId = new ClaimedNodeId(Id),
        InstanceId = InstanceId,
        Nonce = Nonce,
        UserAgent = Settings.UserAgent,
        ListenAddresses = Settings.Announce.Count > 0 ? Settings.Announce
            : [.. Board.ListenAddresses.Where(static address => !address.IsWildcard).Take(HelloCodec.MaxAddresses)],
        Services = Catalog.ServiceNames,
        CreditWindows = [.. Enumerable.Repeat(Settings.Session.CreditWindow, CreditBook.Classes)],
        MaxMessage = Settings.Session.MaxMessage,
        MaxRequests = Settings.Session.MaxRequests,
        UnixMilliseconds = TimeProvider.GetUtcNow().ToUnixTimeMilliseconds(),
    };
}
