using ActorP2P.Protocol;
using ActorP2P.Transport;

namespace ActorP2P.Simulation;

/// <summary>
/// A network in virtual time: hosts are names, everything takes at least a microsecond, and whatever can go wrong goes wrong
/// as the seed says. What happens is a function of the program and the world's seed.
/// </summary>
public sealed partial class SimulatedNetwork
{
    private readonly SortedDictionary<string, SimulatedHost> _hosts = new(StringComparer.Ordinal);
    private readonly Dictionary<(int Source, int Destination), SimulatedLink> _linkByHosts = [];
    private readonly List<SimulatedLink> _links = [];
    private LinkConditions _conditions;
    private long _connections;

    /// <summary>Makes a network without hosts.</summary>
    /// <param name="world">Gives time, order and chance.</param>
    /// <param name="conditions">What links are like that nothing else is said about.</param>
    public SimulatedNetwork(SimulatedWorld world, LinkConditions? conditions = null)
    {
        ArgumentNullException.ThrowIfNull(world);
        World = world;
        _conditions = (conditions ?? new LinkConditions()).Validated();
    }

    /// <summary>Shown every frame when a host has sent it whole. Set before connections are made.</summary>
    public Action<WireFrame>? FrameSent { get; set; }

    /// <summary>Told whatever happens.</summary>
    public Action<NetworkEvent>? Happened { get; set; }

    /// <summary>What links are like that nothing else is said about.</summary>
    public LinkConditions Conditions
    {
        get => _conditions;
        set => _conditions = (value ?? throw new ArgumentNullException(nameof(value))).Validated();
    }

    internal SimulatedWorld World { get; }

    internal TimeSpan Now => World.Now;

    /// <summary>The transport of a host. Asked again for the same host, such as after its death, it is the same host.</summary>
    /// <param name="host">Its name; any text that is a host in an address.</param>
    /// <param name="nodeKey">The number, in the world, of the node that lives there.</param>
    /// <exception cref="ArgumentException">The host has another node.</exception>
    public ITransport CreateTransport(string host, int nodeKey)
    {
        string name = new PeerAddress(host, 0).Host;
        if (!_hosts.TryGetValue(name, out SimulatedHost? known))
        {
            known = new SimulatedHost(this, name, nodeKey);
            _hosts.Add(name, known);
        }

        return known.Key == nodeKey
            ? new SimulatedTransport(this, known)
            : throw new ArgumentException($"The host '{name}' has the node {known.Key}, not {nodeKey}.", nameof(nodeKey));
    }

    /// <summary>How many ends of connections a host has.</summary>
    public int ConnectionsOf(string host) => HostOf(host).Connections.Count;

    internal SimulatedHost? FindHost(string name) => _hosts.GetValueOrDefault(name);

    internal SimulatedLink Link(SimulatedHost source, SimulatedHost destination)
    {
        if (!_linkByHosts.TryGetValue((source.Key, destination.Key), out SimulatedLink? link))
        {
            link = new SimulatedLink(this, source, destination);
            _linkByHosts.Add((source.Key, destination.Key), link);
            _links.Add(link);
        }

        return link;
    }

    internal long NextConnection() => ++_connections;

    internal FrameTap? CreateTap(SimulatedConnection end) => FrameSent is { } show ? new FrameTap(end, show) : null;

    internal void Tell(NetworkEventKind kind, SimulatedConnection end, string detail) =>
        Tell(kind, end.Number / 2, end.Host.Name, end.RemoteAddress.Host, detail);

    internal void Tell(NetworkEventKind kind, long connection, string source, string destination, string detail) =>
        Happened?.Invoke(new NetworkEvent(Now, kind, connection, source, destination, detail));

    /// <summary>Something between the two ends cuts their connection.</summary>
    internal void ResetBetween(SimulatedConnection end)
    {
        Tell(NetworkEventKind.Reset, end.Number / 2, end.Peer.Host.Name, end.Host.Name, "cut by the network");
        foreach (SimulatedConnection hit in (ReadOnlySpan<SimulatedConnection>)[end, end.Peer])
        {
            TimeSpan at = hit.NextArrival(Now + Link(hit.Peer.Host, hit.Host).Travel(0));
            World.Schedule(at, EventClass.Frame, hit.Host.Key, hit.Peer.Host.Key,
                () => hit.Arrive(new SimulatedSegment(hit, SimulatedSegmentKind.Reset)));
        }
    }

    private SimulatedHost HostOf(string name) => _hosts.TryGetValue(name, out SimulatedHost? host)
        ? host
        : throw new ArgumentException($"There is no host '{name}'; there are {string.Join(", ", _hosts.Keys)}.", nameof(name));

    private SimulatedLink LinkOf(string source, string destination) => Link(HostOf(source), HostOf(destination));
}
