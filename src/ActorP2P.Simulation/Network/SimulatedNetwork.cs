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
    private readonly Dictionary<int, SimulatedHost> _hostByKey = [];
    private LinkConditions _conditions;

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

    /// <summary>Called with every frame that a host has received from a host of another part.</summary>
    internal FrameShown? FrameReceived { get; set; }

    /// <summary>The lines of the hosts; null when they have no bandwidth. Set before connections are made.</summary>
    internal SharedLines? Lines { get; set; }

    /// <summary>The bytes of all hosts' connections.</summary>
    internal long BytesSent => _hosts.Values.Sum(static host => host.BytesSent);

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
            _hostByKey.Add(nodeKey, known);
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

    /// <summary>Brings a segment to the other end of a link at a time.</summary>
    internal void Deliver(TimeSpan at, SimulatedLink link, SimulatedSegment segment)
    {
        if (Part is { } part && !part.Has(link.Destination.Key))
        {
            part.Send(at, link.Source.Key, link.Destination.Key, segment);
            SimulatedConnection.GiveBack(segment);
        }
        else
        {
            Deliver(at, link.Source, link.Destination, segment);
        }
    }

    /// <summary>Makes this the network of a part of a world. All hosts must be known.</summary>
    internal void Join(WorldPart part)
    {
        Part = part;
        part.Arrived = (at, source, destination, segment) =>
            Deliver(at, _hostByKey[source], _hostByKey[destination], segment);
    }

    private WorldPart? Part { get; set; }

    private void Deliver(TimeSpan at, SimulatedHost source, SimulatedHost destination, SimulatedSegment segment) =>
        World.Schedule(
            at, EventClass.Frame, destination.Key, source.Key, () => destination.Arrive(source, segment));

    internal FrameTap? CreateTap(SimulatedConnection end) =>
        FrameSent is not null || FrameShown is not null ? new FrameTap(end, false) : null;

    /// <summary>A tap for what comes from another part, where the tap of its sender is.</summary>
    internal FrameTap? CreateIncomingTap(SimulatedConnection end) =>
        FrameReceived is not null && Part is { } part && !part.Has(end.OtherHost.Key) ? new FrameTap(end, true) : null;

    internal void Show(SimulatedHost source, SimulatedHost destination, bool isIncoming, in WireFrame frame)
    {
        (isIncoming ? FrameReceived : FrameShown)?.Invoke(source.Key, destination.Key, frame);
        if (!isIncoming)
        {
            FrameSent?.Invoke(frame);
        }
    }

    internal void Tell(NetworkEventKind kind, SimulatedConnection end, string detail) =>
        Tell(kind, end.Number / 2, end.Host.Name, end.RemoteAddress.Host, detail);

    internal void Tell(NetworkEventKind kind, long connection, string source, string destination, string detail) =>
        Happened?.Invoke(new NetworkEvent(Now, kind, connection, source, destination, detail));

    /// <summary>The network resets a connection, and tells both ends.</summary>
    internal void CutBetween(SimulatedConnection end)
    {
        SimulatedLink link = end.Host.LinkTo(end.OtherHost);
        Tell(NetworkEventKind.Reset, end.Number / 2, end.OtherHost.Name, end.Host.Name, "cut by the network");
        Deliver(end.NextArrival(Now + link.Travel(0)), link,
            new SimulatedSegment(end.Number ^ 1, SimulatedSegmentKind.Reset));
        World.Schedule(Now + link.Travel(0), EventClass.Frame, end.Host.Key, end.Host.Key, () => end.Host.Arrive(
            end.OtherHost, new SimulatedSegment(end.Number, SimulatedSegmentKind.Reset)));
    }

    private SimulatedHost HostOf(string name) => _hosts.TryGetValue(name, out SimulatedHost? host)
        ? host
        : throw new ArgumentException(
            $"There is no host '{name}'; there are {string.Join(", ", _hosts.Keys)}.", nameof(name));

    private SimulatedLink LinkOf(string source, string destination) => HostOf(source).LinkTo(HostOf(destination));
}
