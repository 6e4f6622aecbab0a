using System.Net;
using ActorP2P.Protocol;

namespace ActorP2P.Simulation;

/// <summary>
/// A host of the simulated network: its listeners, its connections, the links that lead from it, and whether it has
/// power. All of this belongs to its node: only the node's own work and the timeline change it.
/// </summary>
internal sealed partial class SimulatedHost(SimulatedNetwork network, string name, int key)
{
    // The first of the ports that IANA leaves to programs (RFC 6335): for listeners on port 0 and for dialling.
    private const int FirstDynamicPort = 49_152;

    private readonly SortedDictionary<int, SimulatedListener> _listeners = [];
    private readonly SortedDictionary<long, SimulatedConnection> _connections = [];
    private readonly Dictionary<int, SimulatedLink> _links = [];
    private SynchronizationContext? _context;
    private int _nextPort = FirstDynamicPort;

    public string Name => name;

    public int Key => key;

    /// <summary>The number of deaths. A connection of an earlier life has no owner.</summary>
    public int Epoch { get; private set; }

    /// <summary>Whether the host has no power.</summary>
    public bool IsDown { get; private set; }

    /// <summary>
    /// The bytes per second that programs here read from each connection; null for no limit, 0 for none.
    /// </summary>
    public long? ReadRate { get; private set; }

    /// <summary>What makes every link of the host worse; null for nothing.</summary>
    public Slowdown? Slowdown { get; set; }

    /// <summary>The bytes that were sent here, in all lives.</summary>
    public long BytesSent { get; set; }

    public IReadOnlyCollection<SimulatedConnection> Connections => _connections.Values;

    /// <summary>Moves work onto the host's current life.</summary>
    public SynchronizationContext Context => _context ??= network.World.SynchronizationContextOf(key);

    /// <summary>The links from here, in the order in which they were first used.</summary>
    public IReadOnlyCollection<SimulatedLink> Links => _links.Values;

    public SimulatedLink LinkTo(SimulatedHost destination)
    {
        if (!_links.TryGetValue(destination.Key, out SimulatedLink? link))
        {
            link = new SimulatedLink(network, this, destination);
            _links.Add(destination.Key, link);
        }

        return link;
    }

    public void Add(SimulatedConnection connection) => _connections.Add(connection.Number, connection);

    public SimulatedListener? Find(int port) => _listeners.GetValueOrDefault(port);

    public bool TryListen(SimulatedListener listener) => _listeners.TryAdd(listener.LocalAddress.Port, listener);

    public void Remove(SimulatedListener listener)
    {
        // A listener that is disposed twice, or after a death, must not remove another one.
        if (_listeners.GetValueOrDefault(listener.LocalAddress.Port) == listener)
        {
            _listeners.Remove(listener.LocalAddress.Port);
        }
    }

    public int FreePort()
    {
        for (int tries = FirstDynamicPort; tries <= IPEndPoint.MaxPort; tries++)
        {
            int port = _nextPort;
            _nextPort = port == IPEndPoint.MaxPort ? FirstDynamicPort : port + 1;
            if (!_listeners.ContainsKey(port))
            {
                return port;
            }
        }

        throw new InvalidOperationException($"No port of '{name}' is free.");
    }

    public void SetReadRate(long? bytesPerSecond)
    {
        ReadRate = bytesPerSecond;
        foreach (SimulatedConnection connection in _connections.Values.ToArray())
        {
            connection.Wake();
        }
    }

    /// <summary>Ends everything on the host without telling its programs.</summary>
    public void Die(DeathKind kind)
    {
        SimulatedConnection[] orphans = [.. _connections.Values];
        Epoch++;
        IsDown = kind == DeathKind.Host;
        ReadRate = null;
        _context = null;
        _listeners.Clear();
        _connections.Clear();
        Forget();
        if (kind == DeathKind.Process)
        {
            foreach (SimulatedConnection orphan in orphans)
            {
                orphan.SendReset("the process is gone");
            }
        }
    }
}
