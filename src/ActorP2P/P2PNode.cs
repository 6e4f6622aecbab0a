using System.Security.Cryptography;
using ActorP2P.Protocol;
using ActorP2P.Transport;
using Microsoft.Extensions.Logging;

namespace ActorP2P;

/// <summary>
/// A peer-to-peer node, embedded in a program: it listens, dials, keeps peers, and talks to them. All members may be called from
/// any thread. Whoever prefers actors talks to <see cref="Manager"/> and subscribes to the event stream of <see cref="System"/>.
/// </summary>
public sealed partial class P2PNode : IAsyncDisposable
{
    private readonly NodeContext _context;
    private readonly ManagerPromises _promises;
    private readonly NodeActors _actors;
    private readonly bool _ownsSystem;
    private Task? _disposal;

    private P2PNode(NodeContext context, ActorSystem system, bool ownsSystem, ManagerPromises promises, NodeActors actors)
    {
        _context = context;
        ActorSystem = system;
        _ownsSystem = ownsSystem;
        _promises = promises;
        _actors = actors;
    }

    /// <summary>The node's identity.</summary>
    public NodeId Id => _context.Id;

    /// <summary>The actor system the node lives in. Node events are published on its event stream.</summary>
    public ActorSystem System { get; }

    /// <summary>The node's top actor.</summary>
    public IActorRef Manager => _actors.Manager;

    /// <summary>Where the node listens, with real ports; empty when it does not.</summary>
    public IReadOnlyList<PeerAddress> ListenAddresses => _context.Board.ListenAddresses;

    /// <summary>The peers whose connections are ready, a snapshot.</summary>
    public IReadOnlyList<Peer> Peers => _context.Board.Peers;

    /// <summary>What the node has done since its start, a snapshot.</summary>
    public NodeStatistics Statistics => _context.Counters.Snapshot() with
    {
        ReassemblyBytes = _context.Memory.Reassembly.Reserved + _context.Memory.Replies.Reserved,
        HeldBytes = _context.Memory.Held,
        WindowBytes = _context.Memory.Grown,
        KeptBytes = _context.Dropped.Bytes,
    };

    /// <summary>
    /// Completes when the node has stopped because it was disposed; faulted with a <see cref="NodeStoppedException"/> when it stopped
    /// for any other reason: it failed, its actor system ended, or its manager was stopped from outside.
    /// </summary>
    public Task Completion => _promises.Stopped;

    /// <summary>Starts a node. When the task completes it listens, and has begun to dial its bootstrap nodes.</summary>
    /// <param name="settings">What can be set.</param>
    /// <param name="protocol">What the node does with messages.</param>
    /// <param name="environment">What it takes from its surroundings.</param>
    /// <param name="cancellationToken">Gives up the start.</param>
    /// <exception cref="ArgumentException">
    /// Settings that do not agree with each other, or with the memory that the process may use, or more names of services than a
    /// hello can say; the message names them.
    /// </exception>
    /// <exception cref="NodeStoppedException">
    /// It cannot listen where it should, its name is taken in the actor system, or the system has ended; the message says which.
    /// </exception>
    public static async Task<P2PNode> StartAsync(
        P2PNodeOptions settings,
        Action<ProtocolBuilder>? protocol = null,
        P2PNodeServices? environment = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(settings);
        cancellationToken.ThrowIfCancellationRequested();
        environment = (environment ?? new P2PNodeServices()).Validated();
        ProtocolBuilder builder = new();
        protocol?.Invoke(builder);
        settings.Validated();

        bool ownsSystem = environment.System is null;
        ActorSystem system = environment.System ?? OwnSystem.Create();
        IActorRef manager = ActorRefs.Nobody;
        NodeContext? context = null;
        try
        {
            context = CreateContext(settings, builder.Catalog, environment, system);
            context.RequireHello(nameof(protocol));
            ManagerPromises promises = new();
            manager = CreateManager(system, context, promises);
            NodeActors actors = await promises.Started.OrCancelled(cancellationToken);
            return new P2PNode(context, system, ownsSystem, promises, actors);
        }
        catch
        {
            manager.Tell(PoisonPill.Instance, ActorRefs.NoSender);
            await EndTransportAsync(context);
            if (ownsSystem)
            {
                await system.Terminate();
            }

            throw;
        }
    }

    /// <summary>Subscribes to what happens to the node from now on.</summary>
    /// <param name="capacity">Events kept for a slow reader; beyond, the oldest are lost and counted.</param>
    public NodeEvents Subscribe(int capacity = 1024) => _context.Board.Subscribe(capacity);

    /// <summary>
    /// Stops the node: no new connections, goodbye to all peers, what is queued drains within
    /// <see cref="SessionSettings.DrainTimeout"/>, and every ask that waits ends. Handlers that run are told so and have the same
    /// time; one that has not ended by then is named in the log and by <see cref="HandlerStillRuns"/>, and left alone. One that is
    /// registered as inline and blocks costs <see cref="SessionSettings.RefusalTimeout"/> more. Can be called again; it is the same
    /// end.
    /// </summary>
    public ValueTask DisposeAsync()
    {
        Task disposal = LazyInitializer.EnsureInitialized(ref _disposal, StopAsync);
        return new ValueTask(disposal);
    }

    private async Task StopAsync()
    {
        _actors.Manager.Tell(ManagerMessages.Shutdown.Instance, ActorRefs.NoSender);

        // Where the node had failed before, Completion tells; disposing is no place to tell it again.
        await _promises.EndAsync();
        await EndTransportAsync(_context);
        if (_ownsSystem)
        {
            // An actor that an inline handler holds up does not end, and is not waited for. It has been named.
            Task termination = System.Terminate();
            await (_promises.IsHeldUp ? Task.CompletedTask : termination);
        }
    }

    /// <summary>Waits until the port is free, so that it can be bound again at once.</summary>
    private static ValueTask EndTransportAsync(NodeContext? context) => context?.OwnTransport?.DisposeAsync() ?? ValueTask.CompletedTask;

    private static IActorRef CreateManager(ActorSystem system, NodeContext context, ManagerPromises promises)
    {
        string name = $"p2p-{context.Id.ToShortString()}-{context.InstanceId:x16}";
        try
        {
            SystemNodes nodes = SystemNodes.Of(system);
            IActorRef manager = system.ActorOf(ActorFactory.Of(() => new ManagerActor(context, promises)), name);
            nodes.Add(manager, promises);
            if (system.WhenTerminated.IsCompleted)
            {
                promises.Stop(new NodeStoppedException($"The actor system {system.Name} has ended."));
            }

            return manager;
        }
        catch (InvalidActorNameException taken)
        {
            throw new NodeStoppedException(
                $"The name {name} is taken in the actor system {system.Name}: a node of the same identity and seed lives there.", taken);
        }
        catch (InvalidOperationException ended)
        {
            throw new NodeStoppedException($"The actor system {system.Name} has ended, or is ending.", ended);
        }
    }

    private static NodeContext CreateContext(
        P2PNodeOptions settings, MessageCatalog catalog, P2PNodeServices environment, ActorSystem system)
    {
        NodeRandom random = NodeRandom.Create(environment.Seed);
        NodeId id = environment.Identity ?? CreateIdentity();

        // A node on the system's clock is in no simulation, and the seed may be that of another node of the same identity.
        NodeRandom apart = environment.TimeProvider == TimeProvider.System ? NodeRandom.Create(null) : random;
        Random instance = apart.For(NodeRandom.Purpose.Instance, id);
        ILogger logger = new GuardedLogger(environment.LoggerFactory?.CreateLogger("ActorP2P.Node") ?? new SystemLogger(system));
        long available = environment.AvailableMemory ?? GC.GetGCMemoryInfo().TotalAvailableMemoryBytes;
        P2PNodeOptions asked = settings;
        settings = asked.Within(available);
        settings.RequireMemory(available);
        if (settings != asked)
        {
            Log.MessagesShortened(logger, available, settings.Session.MaxMessage, asked.Session.MaxMessage);
        }

        MemoryBudget memory = new(settings.MemoryBudgetIn(available), new ReassemblyBudget(settings.ReassemblyBudget));
        ITransport transport = environment.Transport ?? OwnTransport.Create(settings, system, environment.TimeProvider);
        return new NodeContext
        {
            Settings = settings,
            Catalog = catalog,
            Transport = transport,
            OwnTransport = environment.Transport is null ? transport as IAsyncDisposable : null,
            TimeProvider = environment.TimeProvider,
            Logger = logger,
            Random = random,
            BroadcastSalts = apart.For(NodeRandom.Purpose.Broadcast, id),
            Id = id,
            InstanceId = (ulong)instance.NextInt64(),
            Nonce = (ulong)instance.NextInt64(),
            Memory = memory,
            Dropped = new DroppedBroadcasts(settings.DroppedBudgetIn(memory.Capacity), memory),
            HandlerSlots = new HandlerSlots(settings.MaxNodeHandlers),
            Gossip = new GossipState(new SeenCache(settings.SeenCapacity, settings.SeenQuota, settings.SeenLifetime)),
        };
    }

    private static NodeId CreateIdentity()
    {
        using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return NodeId.FromPublicKey(key.ExportSubjectPublicKeyInfo());
    }
}
