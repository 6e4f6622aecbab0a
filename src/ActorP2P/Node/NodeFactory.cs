using ActorP2P.Protocol;
using ActorP2P.Transport;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace ActorP2P;

/// <summary>Makes what a node consists of, from its settings and from what its host supplies.</summary>
internal static class NodeFactory
{
    public static IActorRef CreateManager(ActorSystem system, NodeContext context, ManagerPromises promises)
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
                $"The name {name} is taken in the actor system {system.Name}: a node of the same identity and "
                + "seed lives there.", taken);
        }
        catch (InvalidOperationException ended)
        {
            throw new NodeStoppedException($"The actor system {system.Name} has ended, or is ending.", ended);
        }
    }

    public static NodeContext CreateContext(
        P2PNodeOptions asked, MessageCatalog catalog, P2PNodeServices services, ActorSystem system)
    {
        NodeRandom random = NodeRandom.Create(services.Seed);
        Credentials credentials = Credentials.Of(asked, services);
        NodeId id = credentials.Identity.Id;

        // A node with the system's clock is not part of a simulation, and another node of the same identity may have
        // the same seed.
        bool isReal = services.TimeProvider == TimeProvider.System;
        NodeRandom apart = isReal ? NodeRandom.Create(null) : random;
        LoginNonces nonces = new(isReal ? null : apart.For(NodeRandom.Purpose.Login, id));
        Random instance = apart.For(NodeRandom.Purpose.Instance, id);

        // A process may have several nodes; a level that is set for ActorP2P.Node is the level of all of them.
        string category = $"ActorP2P.Node.{services.Name ?? id.ToShortString()}";
        ILogger logger = new LimitedLogger(
            new GuardedLogger(services.LoggerFactory?.CreateLogger(category) ?? new SystemLogger(system, category)),
            services.TimeProvider);
        long available = services.AvailableMemory ?? GC.GetGCMemoryInfo().TotalAvailableMemoryBytes;
        P2PNodeOptions settings = asked.Within(available);
        settings.RequireMemory(available);
        if (settings != asked)
        {
            Log.MessagesShortened(logger, available, settings.Session.MaxMessage, asked.Session.MaxMessage);
        }

        MemoryBudget memory = new(settings.MemoryBudgetIn(available), new ReassemblyBudget(settings.ReassemblyBudget));
        DhtState? dht = null;
        if (settings.Dht.Enabled)
        {
            // A node without a key fails here: it could not sign its record.
            _ = credentials.Signer.PublicKey;
            DhtServer.Register(catalog);
            dht = new DhtState(
                id, settings.NetworkId, credentials.Signer, (ulong)random.For(NodeRandom.Purpose.Dht, id).NextInt64());
        }

        ITransport transport = services.Transport ?? OwnTransport.Create(settings, system, services.TimeProvider);
        ITransport protectedTransport = credentials.Protect(transport);
        if (settings.Discovery.IsOn)
        {
            ExchangeService.Register(catalog);
        }

        return new NodeContext
        {
            Discovery = settings.Discovery.IsOn ? new DiscoveryBoard() : null,
            DnsSource = services.DnsSource ?? new DnsClientSource(),
            Settings = settings,
            Asked = asked,
            Catalog = catalog,
            Transport = protectedTransport,
            OwnProtection = protectedTransport == transport ? null : protectedTransport as IDisposable,
            OwnTransport = services.Transport is null ? transport as IAsyncDisposable : null,
            TimeProvider = services.TimeProvider,
            Logger = logger,
            Random = random,
            BroadcastSalts = apart.For(NodeRandom.Purpose.Broadcast, id),
            Id = id,
            Access = new AccessRules(settings.Access),
            Profile = new NodeProfile(services.State.ToArray(), catalog.Wanted(settings.TakenBroadcasts)),
            Signer = credentials.Signer,
            Policy = new ServicePolicy(catalog, settings.Access),
            Secret = credentials.Secret,
            LoginNonces = nonces,
            Cookie = settings.CookieFile is { } cookie ? new LoginCookie(cookie, nonces.Next()) : null,
            Name = services.Name,
            Scopes = services.Provider?.GetService<IServiceScopeFactory>(),
            Board = new NodeBoard(id, services.Name),
            InstanceId = (ulong)instance.NextInt64(),
            Nonce = (ulong)instance.NextInt64(),
            Memory = memory,
            Pressure = new Pressure(settings.Rates, memory),
            Dropped = new DroppedBroadcasts(settings.DroppedBudgetIn(memory.Capacity), memory),
            Dht = dht,
            HandlerSlots = new HandlerSlots(settings.MaxNodeHandlers),
            Asks = new AskQueue(settings.MaxPendingRequests),
            Gossip = new GossipState(
                new SeenCache(settings.SeenCapacity, settings.SeenLifetime), new AuthorBook(settings.SeenLifetime)),
        };
    }
}
