using ActorP2P.Protocol;
using ActorP2P.Transport;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace ActorP2P;

/// <summary>
/// A peer-to-peer node inside a program: it listens, dials and keeps peers, and exchanges messages with them. Any
/// thread may call its members. Programs built of actors use <see cref="Manager"/> and the event stream of
/// <see cref="ActorSystem"/>.
/// </summary>
public sealed partial class P2PNode : IAsyncDisposable
{
    private NodeParts? _parts;
    private Task? _disposal;

    /// <summary>Makes a node that has not started. <see cref="BeginAsync"/> starts it.</summary>
    internal P2PNode()
    {
    }

    /// <summary>The node's identity.</summary>
    public NodeId Id => Context.Id;

    /// <summary>The actor system that the node runs in. Node events are published on its event stream.</summary>
    public ActorSystem ActorSystem => Parts.ActorSystem;

    /// <summary>
    /// The node's top actor. Actors send it the messages in <see cref="P2P"/>, such as <see cref="P2P.Connect"/>.
    /// </summary>
    public IActorRef Manager => Context.Manager;

    /// <summary>The addresses where the node listens, with the actual ports; empty when it does not listen.</summary>
    public IReadOnlyList<PeerAddress> ListenAddresses => Context.Board.ListenAddresses;

    /// <summary>The peers whose connections are ready, a snapshot.</summary>
    public IReadOnlyList<Peer> Peers => Context.Board.Peers;

    /// <summary>Who is banned, the next ban to end first; a snapshot. <see cref="NodeBans"/> changes it.</summary>
    public IReadOnlyList<Ban> Bans
    {
        get
        {
            TimeSpan now = Context.Now;
            return [.. Context.Bans.All.Where(entry => now < entry.Until).Select(static entry => entry.Ban)];
        }
    }

    /// <summary>A snapshot of what the node has done since its start.</summary>
    public NodeStatistics Statistics => Context.Counters.Snapshot() with
    {
        ReassemblyBytes = Context.Memory.Reassembly.Reserved + Context.Memory.Replies.Reserved,
        HeldBytes = Context.Memory.Held,
        MemoryBudget = Context.Memory.Capacity,
        WindowBytes = Context.Memory.Grown,
        KeptBytes = Context.Dropped.Bytes,
        LimitedPeers = Context.Pressure.Limited,
    };

    /// <summary>
    /// A snapshot of what the node knows of others; null when it does not look for others
    /// (<see cref="P2PNodeOptions.Discovery"/>).
    /// </summary>
    public DiscoveryStatistics? Discovery => Context.Discovery?.Figures;

    /// <summary>
    /// Completes when the node has stopped because it was disposed. It fails with a <see cref="NodeStoppedException"/>
    /// when the node stopped for another reason: it failed, its actor system ended, or its manager was stopped from
    /// outside.
    /// </summary>
    public Task Completion => Promises.Stopped;

    /// <summary>Whether a start was attempted, successful or not.</summary>
    internal bool HasBegun => _parts is not null;

    /// <summary>Whether it has stopped.</summary>
    internal bool IsOver => _parts is { Promises.Stopped.IsCompleted: true };

    internal P2PNodeOptions Settings => Context.Settings;

    private NodeParts Parts => _parts ?? throw new InvalidOperationException(
        "The node has not started. It starts with its host: use it after the host has started, or in a later "
        + "hosted service.");

    internal NodeContext Context => Parts.Context;

    private ManagerPromises Promises => Parts.Promises;

    /// <summary>
    /// Starts a node. When the task completes, the node listens and has begun to dial its bootstrap nodes.
    /// </summary>
    /// <param name="options">The node's settings.</param>
    /// <param name="protocol">Registers the message handlers.</param>
    /// <param name="services">What the host supplies: clock, logger, transport, actor system, identity.</param>
    /// <param name="cancellationToken">Cancels the start.</param>
    /// <exception cref="ArgumentException">
    /// The options contradict each other or need more memory than the process may use, or the services have more names
    /// than fit in a hello; the message names the cause.
    /// </exception>
    /// <exception cref="IdentityException">
    /// The file of the node's key or of the network's secret cannot be used, or the cookie file cannot be written.
    /// </exception>
    /// <exception cref="PeerStoreException">
    /// The store in <see cref="P2PNodeOptions.DataDirectory"/> cannot be opened, for instance because another node uses
    /// it.
    /// </exception>
    /// <exception cref="NodeStoppedException">
    /// The node cannot listen at its address, its name is taken in the actor system, a route leads to no actor, or the
    /// actor system has ended; the message says which.
    /// </exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static async Task<P2PNode> StartAsync(
        P2PNodeOptions options,
        Action<ProtocolBuilder>? protocol = null,
        P2PNodeServices? services = null,
        CancellationToken cancellationToken = default)
    {
        P2PNode node = new();
        await node.BeginAsync(options, protocol, services, cancellationToken);
        return node;
    }

    /// <summary>Starts the node. Call it only once.</summary>
    /// <inheritdoc cref="StartAsync"/>
    internal async Task BeginAsync(
        P2PNodeOptions options, Action<ProtocolBuilder>? protocol, P2PNodeServices? services,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(options);
        cancellationToken.ThrowIfCancellationRequested();
        services = (services ?? new P2PNodeServices()).Validated();
        ProtocolBuilder builder = new();
        protocol?.Invoke(builder);
        options.Validated();

        bool ownsSystem = services.ActorSystem is null;
        ActorSystem system = services.ActorSystem ?? OwnSystem.Create();
        IActorRef manager = ActorRefs.Nobody;
        NodeContext? context = null;
        try
        {
            if (services.Name is { } name && !P2P.Get(system).TryAdd(name, this))
            {
                throw new NodeStoppedException(
                    $"A node '{name}' has started in the actor system {system.Name} already.");
            }

            foreach (RouteTarget route in builder.Catalog.Routes)
            {
                await route.RequireAsync(system, services.TimeProvider, cancellationToken);
            }

            context = NodeFactory.CreateContext(options, builder.Catalog, services, system);
            context.RequireHello(nameof(protocol));
            context.Store = await StoreOpening.OpenAsync(context, services, cancellationToken);
            context.Stored = await StoredTables.ReadAsync(
                context.Store?.Store, services.TimeProvider, cancellationToken);
            context.Metrics = new NodeMetrics(context, services.MeterFactory, services.Name);
            ManagerPromises promises = new(context.Metrics);

            // Set before the actors are made, because a message may arrive during the start and its handler gets the
            // node.
            context.Node = this;
            _parts = new NodeParts(context, promises, system, ownsSystem);
            context.Metrics.Begin();
            context.Cookie?.Prepare();
            manager = NodeFactory.CreateManager(system, context, promises);
            promises.EndStoreAfter(context.Store);
            await promises.Started.OrCancelled(cancellationToken);

            // After the port is bound: a second start of the same node, which fails there, must not replace the cookie
            // of the first.
            context.Cookie?.Publish();
        }
        catch
        {
            context?.Metrics?.End();
            NodeLogins.RemoveCookie(context);
            if (services.Name is { } name)
            {
                P2P.Get(system).Remove(name, this);
            }

            if (manager.IsNobody())
            {
                _parts?.Promises.Stop(new NodeStoppedException("The node did not start."));
            }

            manager.Tell(PoisonPill.Instance, ActorRefs.NoSender);
            await EndTransportAsync(context);
            await (context?.Store?.EndAsync() ?? Task.CompletedTask);
            if (ownsSystem)
            {
                await system.Terminate();
            }

            throw;
        }
    }

    /// <summary>
    /// The node's events from this call on, as a sequence: <c>await foreach (NodeEvent happened in node.Events())</c>.
    /// It ends when the node has stopped; dispose it to end it earlier.
    /// </summary>
    /// <param name="capacity">
    /// The number of events kept for a slow reader. When there are more, the oldest are lost and an
    /// <see cref="EventsMissed"/> says how many.
    /// </param>
    /// <exception cref="ArgumentOutOfRangeException">The capacity is less than 1.</exception>
    public NodeEvents Events(int capacity = 1024) => Context.Board.Subscribe(capacity);

    /// <summary>
    /// Stops the node. It accepts no new connections, says goodbye to all peers, sends queued messages for at most
    /// <see cref="SessionSettings.DrainTimeout"/>, and ends every waiting ask. Running handlers are cancelled and have
    /// the same time to end. A handler that has not ended by then is reported in the log and by
    /// <see cref="HandlerStillRuns"/>, and is no longer waited for. An inline handler that blocks costs
    /// <see cref="SessionSettings.RefusalTimeout"/> more. Further calls return the same task.
    /// </summary>
    public ValueTask DisposeAsync()
    {
        if (!HasBegun)
        {
            return ValueTask.CompletedTask;
        }

        Task disposal = LazyInitializer.EnsureInitialized(ref _disposal, StopAsync);
        return new ValueTask(disposal);
    }

    /// <summary>
    /// Props of an actor that owns a node, for a supervisor in the application. The actor accepts the messages that
    /// <see cref="Manager"/> accepts; up to 1,024 of them wait while the node starts.
    /// <list type="bullet">
    /// <item>When the node cannot start, the actor fails with an <see cref="ActorInitializationException"/>. Its cause
    /// is the
    /// exception that <see cref="StartAsync"/> would throw. Akka's default strategy stops the actor.</item>
    /// <item>When the node stops by itself, the actor fails with a <see cref="NodeStoppedException"/>. Akka's default
    /// strategy restarts the actor, which starts a new node.</item>
    /// <item>When the actor stops, the node says goodbye to its peers. An actor that is made at the same path starts
    /// its
    /// node when the previous one has stopped.</item>
    /// </list>
    /// </summary>
    /// <param name="options">The node's settings.</param>
    /// <param name="protocol">Registers the message handlers. It is called at each start.</param>
    /// <param name="services">
    /// What the host supplies. The node uses the actor system of the actor, whatever
    /// <see cref="P2PNodeServices.ActorSystem"/> says.
    /// </param>
    public static Props Props(
        P2PNodeOptions options, Action<ProtocolBuilder>? protocol = null, P2PNodeServices? services = null)
    {
        ArgumentNullException.ThrowIfNull(options);

        // The actor uses the system's default mailbox, because the node's mailbox may not be registered yet.
        return Akka.Actor.Props.CreateBy(new ActorFactory(
            typeof(NodeActor), () => new NodeActor(options, protocol, services ?? new P2PNodeServices())));
    }

    /// <summary>
    /// Makes a handle of a remote node that outlives connections: it dials, dials again after a lost connection, and
    /// keeps messages while there is none. Dispose it to let the connection go.
    /// </summary>
    /// <param name="address">The address to dial; a name stands for all its addresses.</param>
    /// <param name="options">How the handle behaves; null: the defaults.</param>
    /// <exception cref="ArgumentException">
    /// The address has no port, names a node's id although this node does not encrypt, or an option is not allowed.
    /// </exception>
    /// <exception cref="InvalidOperationException">Two of its handlers, or messages, have the same type.</exception>
    /// <exception cref="NodeStoppedException">The node has stopped.</exception>
    public PeerHandle Peer(PeerAddress address, PeerHandleOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(address);
        address.RequireDialable(nameof(address));
        Settings.RequireProof(address, nameof(address));
        PeerHandleOptions how = (options ?? new PeerHandleOptions()).Validated();
        return Promises.Stopped.IsCompleted
            ? throw new NodeStoppedException("The node has stopped.")
            : Context.Handles.Open(this, address, how, HandleHandlers.Of(this, how.Handlers));
    }

    /// <inheritdoc cref="Peer(PeerAddress, PeerHandleOptions)"/>
    /// <param name="address">The address as text, such as <c>p2p://NODEID@host:port</c> or <c>host:port</c>.</param>
    /// <param name="options">How the handle behaves; null: the defaults.</param>
    /// <exception cref="FormatException">The text is not an address.</exception>
    public PeerHandle Peer(string address, PeerHandleOptions? options = null) =>
        Peer(PeerAddress.Parse(address), options);

    /// <summary>Connects for the program, or for a part of the library that closes what nobody else uses.</summary>
    /// <param name="address">The address.</param>
    /// <param name="kind">What the connection is for.</param>
    /// <param name="cancellationToken">Gives up the wait.</param>
    internal Task<Peer> ConnectAsync(PeerAddress address, PeerKind kind, CancellationToken cancellationToken) =>
        Connect(address, early: false, cancellationToken, kind);

    private async Task<Peer> Connect(
        PeerAddress address, bool early, CancellationToken cancellationToken, PeerKind kind = PeerKind.Manual)
    {
        ArgumentNullException.ThrowIfNull(address);
        address.RequireDialable(nameof(address));
        Settings.RequireProof(address, nameof(address));
        cancellationToken.ThrowIfCancellationRequested();
        ConnectPromise promise = new(address, early) { Kind = kind };
        if (Promises.Stopped.IsCompleted)
        {
            promise.Fail(ConnectFailure.Stopping, "the node has stopped");
        }
        else
        {
            Context.Manager.Tell(new ManagerMessages.Connect(promise), ActorRefs.NoSender);
        }

        using CancellationTokenRegistration registration = cancellationToken.UnsafeRegister(
            (_, token) =>
            {
                if (promise.Cancel(token))
                {
                    Context.Manager.Tell(new ManagerMessages.Abandon(promise), ActorRefs.NoSender);
                }
            },
            null);
        return await promise.Task;
    }

    private async Task StopAsync()
    {
        Context.Manager.Tell(ManagerMessages.Shutdown.Instance, ActorRefs.NoSender);

        // If the node failed earlier, Completion reports it; disposing does not throw it again.
        await Promises.EndAsync();
        await EndTransportAsync(Context);
        await Promises.StoreEnded;
        NodeLogins.RemoveCookie(Context);
        if (Parts.OwnsSystem)
        {
            // An actor that is blocked by an inline handler does not end and is not waited for. It has been reported.
            Task termination = ActorSystem.Terminate();
            await (Promises.IsHeldUp ? Task.CompletedTask : termination);
        }
    }

    /// <summary>Waits until the port is free, so that it can be bound again at once.</summary>
    private static async ValueTask EndTransportAsync(NodeContext? context)
    {
        await (context?.OwnTransport?.DisposeAsync() ?? ValueTask.CompletedTask);
        context?.OwnProtection?.Dispose();
    }
}
