using System.Runtime.CompilerServices;

namespace ActorP2P;

/// <summary>
/// The nodes that run in an actor system. A coordinated shutdown of the system lets them send their
/// goodbyes first. When the system just terminates, the callers who wait for a node still get an outcome.
/// </summary>
internal sealed class SystemNodes
{
    private static readonly ConditionalWeakTable<ActorSystem, SystemNodes> s_all = [];

    private readonly Lock _lock = new();
    private readonly Dictionary<IActorRef, ManagerPromises> _nodes = [];
    private readonly Dictionary<ActorPath, NodeLife> _lives = [];

    private SystemNodes(ActorSystem system)
    {
        UndeliverableRef.Watch(system);
        NodeMailbox.Register(system);
        CoordinatedShutdown.Get(system).AddTask(
            CoordinatedShutdown.PhaseServiceUnbind, "actorp2p-goodbye", StopAllAsync);
        _ = FailAllAsync(system);
    }

    /// <summary>The nodes of a system. It is called before the first of them runs there.</summary>
    public static SystemNodes Of(ActorSystem system) => s_all.GetValue(system, static key => new SystemNodes(key));

    /// <summary>Adds a node that runs in the system.</summary>
    public void Add(IActorRef manager, ManagerPromises promises)
    {
        lock (_lock)
        {
            _nodes.Add(manager, promises);
        }

        _ = RemoveAsync(manager, promises);
    }

    /// <summary>An actor begins to own a node.</summary>
    /// <param name="path">Where the actor is.</param>
    public NodeLife BeginLife(ActorPath path)
    {
        NodeLife life;
        lock (_lock)
        {
            life = new NodeLife(_lives.GetValueOrDefault(path)?.Over ?? Task.CompletedTask);
            _lives[path] = life;
        }

        _ = ForgetAsync(path, life);
        return life;
    }

    private async Task ForgetAsync(ActorPath path, NodeLife life)
    {
        await life.Over;
        lock (_lock)
        {
            if (_lives.GetValueOrDefault(path) == life)
            {
                _lives.Remove(path);
            }
        }
    }

    private async Task RemoveAsync(IActorRef manager, ManagerPromises promises)
    {
        await promises.EndAsync();
        lock (_lock)
        {
            _nodes.Remove(manager);
        }
    }

    private async Task<Akka.Done> StopAllAsync()
    {
        NodeStoppedException reason = new("The node stopped because its actor system was shut down.");
        foreach ((IActorRef manager, _) in Nodes())
        {
            manager.Tell(new ManagerMessages.Shutdown(reason), ActorRefs.NoSender);
        }

        foreach ((_, ManagerPromises promises) in Nodes())
        {
            await promises.EndAsync();
            await promises.StoreEnded;
        }

        return Akka.Done.Instance;
    }

    private async Task FailAllAsync(ActorSystem system)
    {
        await system.WhenTerminated;
        foreach ((_, ManagerPromises promises) in Nodes())
        {
            promises.Stop(new NodeStoppedException("The actor system ended while the node was running."));
        }
    }

    private KeyValuePair<IActorRef, ManagerPromises>[] Nodes()
    {
        lock (_lock)
        {
            return [.. _nodes];
        }
    }
}
