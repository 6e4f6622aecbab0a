using System.Runtime.CompilerServices;

namespace ActorP2P;

/// <summary>
/// The transports of an actor system. When the system ends, Akka.IO sends no more messages, so each transport ends its
/// own connections and ports.
/// </summary>
internal sealed class AkkaIoHost
{
    private static readonly Lock s_lock = new();
    private static readonly ConditionalWeakTable<ActorSystem, AkkaIoHost> s_all = [];

    private readonly Lock _lock = new();
    private readonly HashSet<AkkaIoTransport> _transports = [];
    private bool _hasEnded;

    private AkkaIoHost(ExtendedActorSystem system)
    {
        system.RegisterOnTermination(OnSystemEnded);
        AkkaIoLostAccepts.Watch(system);
        ActorFactory factory = new(typeof(AkkaIoWatcher), static () => new AkkaIoWatcher());
        Watcher = system.SystemActorOf(Props.CreateBy(factory), "actorp2p-akka-io");
    }

    /// <summary>The actor that watches listeners.</summary>
    public IActorRef Watcher { get; }

    /// <summary>The transports of a system.</summary>
    /// <exception cref="InvalidOperationException">The system is ending.</exception>
    public static AkkaIoHost Of(ExtendedActorSystem system)
    {
        lock (s_lock)
        {
            return s_all.GetValue(system, static key => new AkkaIoHost((ExtendedActorSystem)key));
        }
    }

    public void Add(AkkaIoTransport transport)
    {
        lock (_lock)
        {
            if (!_hasEnded)
            {
                _transports.Add(transport);
                return;
            }
        }

        transport.OnSystemEnded();
    }

    public void Remove(AkkaIoTransport transport)
    {
        lock (_lock)
        {
            _transports.Remove(transport);
        }
    }

    private void OnSystemEnded()
    {
        AkkaIoTransport[] transports;
        lock (_lock)
        {
            _hasEnded = true;
            transports = [.. _transports];
        }

        foreach (AkkaIoTransport transport in transports)
        {
            transport.OnSystemEnded();
        }
    }
}
