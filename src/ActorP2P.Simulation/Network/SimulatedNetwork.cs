using ActorP2P.Protocol;
using ActorP2P.Transport;

namespace ActorP2P.Simulation;

/// <summary>
/// A network in virtual time. Hosts are names, everything takes at least a microsecond, and the
/// seed decides which faults happen. A run is a function of the program and the world's seed.
/// </summary>
public sealed partial class SimulatedNetwork
{
    private readonly SortedDictionary<string, SimulatedHost> _hosts = new(StringComparer.Ordinal);
    private readonly Dictionary<(int Source, int Destination), SimulatedLink> _linkByHosts = [];
    private readonly List<SimulatedLink> _links = [];
    private LinkConditions _conditions;
    private long _connections;

    /// <summary>Makes a network without hosts.</summary>
    /// <param name="world">The world, which gives time, order and random numbers.</param>
    /// <param name="conditions">The conditions of links that have none of their own.</param>
    public SimulatedNetwork(SimulatedWorld world, LinkConditions? conditions = null)
    {
        ArgumentNullException.ThrowIfNull(world);
        World = world;
        _conditions = (conditions ?? new LinkConditions()).Validated();
    }

    /// <summary>Called with every frame that a host has sent completely. Set it before connections are made.</summary>
    public Action<WireFrame>? FrameSent { get; set; }

    /// <summary>
    /// Called with the numbers of the two nodes and every frame that a host has sent completely. Set it before
    /// connections are made.
    /// </summary>
    internal FrameShown? FrameShown { get; set; }

    /// <summary>Called with every event.</summary>
    public Action<NetworkEvent>? Happened { get; set; }

    /// <summary>
    /// The conditions from one host to another, by the numbers of their nodes; null for <see cref="Conditions"/>. Each
    /// link asks once.
    /// </summary>
    internal Func<int, int, LinkConditions>? Placed { get; set; }

    /// <summary>The lines of the hosts; null when they have no bandwidth. Set before connections are made.</summary>
    internal SharedLines? Lines { get; set; }

    /// <summary>The bytes of all hosts' connections.</summary>
    internal long BytesSent { get; set; }

    /// <summary>The conditions of links that have none of their own.</summary>
    public LinkConditions Conditions
    {
        get => _conditions;
        set => _conditions = (value ?? throw new ArgumentNullException(nameof(value))).Validated();
    }

    internal SimulatedWorld World { get; }

    internal TimeSpan Now => World.Now;

    /// <summary>
    /// The transport of a host. A later call with the same name, such as after its death, gives the same host.
    /// </summary>
    /// <param name="host">Its name: any text that is a valid host of an address.</param>
    /// <param name="nodeKey">The number of the node in the world that runs there.</param>
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
            : throw new ArgumentException(
                $"The host '{name}' has the node {known.Key}, not {nodeKey}.", nameof(nodeKey));
    }

    /// <summary>
    /// What a node of this network that requires encryption is to be given as <see cref="P2PNodeServices.Handshake"/>:
    /// it stands in for TLS 1.3, with the same round trips, sizes and outcomes, and is the same in each run. It
    /// protects nothing.
    /// </summary>
    /// <param name="nodeKey">The number of the node in the world.</param>
    /// <param name="life">How often the node was started before: each life has random numbers of its own.</param>
    public IHandshake CreateHandshake(int nodeKey, int life = 0) =>
        new SimulatedHandshake(World.CreateRandom(nodeKey, life, "handshake"));

    /// <summary>
    /// What a node of a simulation is to be given as <see cref="P2PNodeServices.Signer"/>: it stands in for signatures
    /// with keys, and is the same in each run. It protects nothing.
    /// </summary>
    /// <param name="id">The node's id.</param>
    public static ISigner CreateSigner(NodeId id) => new SimulatedSigner(id);

    /// <summary>The number of ends of connections that a host has.</summary>
    public int ConnectionsOf(string host) => HostOf(host).Connections.Count;

    /// <summary>The bytes that a host has sent in all its lives.</summary>
    public long BytesSentBy(string host) => HostOf(host).BytesSent;

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

    internal FrameTap? CreateTap(SimulatedConnection end) =>
        FrameSent is not null || FrameShown is not null ? new FrameTap(end) : null;

    internal void Show(SimulatedHost source, SimulatedHost destination, in WireFrame frame)
    {
        FrameShown?.Invoke(source.Key, destination.Key, frame);
        FrameSent?.Invoke(frame);
    }

    internal void Tell(NetworkEventKind kind, SimulatedConnection end, string detail) =>
        Tell(kind, end.Number / 2, end.Host.Name, end.RemoteAddress.Host, detail);

    internal void Tell(NetworkEventKind kind, long connection, string source, string destination, string detail) =>
        Happened?.Invoke(new NetworkEvent(Now, kind, connection, source, destination, detail));

    /// <summary>The network resets the connection between the two ends.</summary>
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
        : throw new ArgumentException(
            $"There is no host '{name}'; there are {string.Join(", ", _hosts.Keys)}.", nameof(name));

    private SimulatedLink LinkOf(string source, string destination) => Link(HostOf(source), HostOf(destination));
}
