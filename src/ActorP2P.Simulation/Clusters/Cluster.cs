using System.Diagnostics.Metrics;
using System.Runtime.CompilerServices;
using ActorP2P.Protocol;
using ActorP2P.Transport;

namespace ActorP2P.Simulation;

/// <summary>
/// Whole nodes on a simulated network in virtual time. A cluster defines its nodes, which of them dial each other, the
/// faults and their times, the duration, and the checks. A run is a function of the program and the seed, and a failure
/// names the command that repeats it.
/// </summary>
public sealed partial class Cluster
{
    private readonly List<ClusterNode> _nodes;
    private readonly Dictionary<string, ClusterNode> _byName;
    private readonly List<(ClusterNode? Node, Action<ProtocolBuilder, ClusterNode> Configure)> _protocols = [];
    private readonly List<(TimeSpan At, Action<Faults> What)> _timeline = [];
    private readonly List<Checker> _checkers;
    private readonly string _scenario;
    private Func<int, Random, IReadOnlyList<(int Dialler, int Listener)>> _topology = static (nodes, _) =>
        Topology.Line(nodes);
    private IReadOnlyList<(int Dialler, int Listener)> _edges = [];
    private ILookup<int, int> _dials = Enumerable.Empty<int>().ToLookup(static node => node);
    private IReadOnlySet<string> _late = new HashSet<string>();
    private IReadOnlySet<string> _excused = new HashSet<string>();
    private readonly List<(ClusterNode? Node, Func<ClusterNode, P2PNodeOptions, P2PNodeOptions> Change)> _changes = [];
    private Func<ClusterNode, ITransport, ITransport> _wrap = static (_, transport) => transport;
    private Func<ClusterNode, TimeProvider, TimeProvider> _wrapTime = static (_, time) => time;
    private LinkConditions _conditions = new();
    private Func<SimulatedWorld, ScenarioPlan>? _place;
    private Func<ScenarioPlan?, WorldPart>? _spread;
    private SimulationOptions _options = new();
    private TrafficSettings? _traffic;
    private ulong _seed = Seeds.Asked ?? 1;
    private bool _leaveFaults;

    private Cluster(IEnumerable<string> names, string scenario)
    {
        _scenario = scenario;
        _nodes = [.. names.Select((name, index) => new ClusterNode(this, name, index))];
        ArgumentOutOfRangeException.ThrowIfZero(_nodes.Count, nameof(names));
        _byName = _nodes.ToDictionary(static node => node.Name, StringComparer.Ordinal);

        _checkers = [.. Checker.Default()];
        _checkers.ForEach(checker => checker.Join(this));
    }

    /// <summary>The nodes, in their order.</summary>
    public IReadOnlyList<ClusterNode> Nodes => _nodes;

    /// <summary>The checkers, in their order.</summary>
    public IReadOnlyList<Checker> Checkers => _checkers;

    /// <summary>The pairs of nodes of which one dials the other. They are known when the run has begun.</summary>
    public IEnumerable<(ClusterNode Dialler, ClusterNode Listener)> Edges =>
        _edges.Select(edge => (_nodes[edge.Dialler], _nodes[edge.Listener]));

    /// <summary>The seed.</summary>
    public ulong Seed => _seed;

    /// <summary>A node by its name.</summary>
    /// <exception cref="KeyNotFoundException">No node has that name.</exception>
    public ClusterNode this[string name] => _byName.TryGetValue(name, out ClusterNode? node)
        ? node
        : throw new KeyNotFoundException(
            $"There is no node '{name}'; there are {string.Join(", ", _nodes.Select(static node => node.Name))}.");

    /// <summary>Makes a cluster of nodes with these names.</summary>
    public static Cluster Of(IReadOnlyList<string> names, [CallerMemberName] string scenario = "") =>
        new(names, scenario);

    /// <summary>Makes a cluster of a number of nodes, named node0, node1 and so on.</summary>
    public static Cluster Of(int nodes, [CallerMemberName] string scenario = "") =>
        new(Enumerable.Range(0, nodes).Select(static index => $"node{index}"), scenario);

    /// <summary>Sets the seed. Without it, the seed is the environment's <see cref="Seeds.Variable"/>, or 1.</summary>
    public Cluster WithSeed(ulong seed) => With(() => _seed = seed);

    /// <summary>Makes each node dial its predecessor.</summary>
    public Cluster InALine() => With(() => _topology = static (nodes, _) => Topology.Line(nodes));

    /// <summary>Makes a line whose last node dials the first as well.</summary>
    public Cluster InARing() => With(() => _topology = static (nodes, _) => Topology.Ring(nodes));

    /// <summary>Makes each node dial all nodes before it.</summary>
    public Cluster FullyMeshed() => With(() => _topology = static (nodes, _) => Topology.Full(nodes));

    /// <summary>Makes each node dial up to a number of nodes before it, chosen by the seed.</summary>
    public Cluster RandomlyLinked(int dials) =>
        With(() => _topology = (nodes, random) => Topology.Drawn(nodes, dials, random));

    /// <summary>Makes nodes dial others as a function says, which gets the number of nodes.</summary>
    public Cluster Linked(Func<int, Random, IReadOnlyList<(int Dialler, int Listener)>> topology) =>
        With(() => _topology = topology ?? throw new ArgumentNullException(nameof(topology)));

    /// <summary>Makes no node dial by itself.</summary>
    public Cluster Unlinked() => With(() => _topology = static (_, _) => []);

    /// <summary>Sets the conditions of links.</summary>
    public Cluster LinkedBy(LinkConditions conditions) => With(() => _conditions = conditions.Validated());

    /// <summary>Leaves out nodes of which others may be rid: that they are connected is not checked.</summary>
    internal Cluster Excusing(IReadOnlySet<string> nodes) => With(() => _excused = nodes);

    /// <summary>Sets where the nodes are, and the lines that they have to the network.</summary>
    internal Cluster Placed(Func<SimulatedWorld, ScenarioPlan> place) => With(() => _place = place);

    /// <summary>
    /// Runs the nodes of one part of a world. The program, the timeline and all choices among nodes must then depend
    /// on the seed and on virtual time alone, because every part runs all of them.
    /// </summary>
    internal Cluster InParts(SimulationOptions options, Func<ScenarioPlan?, WorldPart> spread) => With(() =>
    {
        _options = options;
        _spread = spread;
    });

    /// <summary>Sets the protocol of every node.</summary>
    public Cluster WhereEveryNode(Action<ProtocolBuilder> protocol) =>
        With(() => _protocols.Add((null, (builder, _) => protocol(builder))));

    /// <summary>Sets the protocol of every node, for each of its lives.</summary>
    public Cluster WhereEveryNode(Action<ProtocolBuilder, ClusterNode> protocol) =>
        With(() => _protocols.Add((null, protocol)));

    /// <summary>Sets the protocol of one node.</summary>
    public Cluster Where(string node, Action<ProtocolBuilder> protocol) =>
        With(() => _protocols.Add((this[node], (builder, _) => protocol(builder))));

    /// <summary>Changes the nodes' settings.</summary>
    public Cluster WithSettings(Func<P2PNodeOptions, P2PNodeOptions> change) =>
        With(() => _changes.Add((null, (_, settings) => change(settings))));

    /// <summary>Changes the settings of each node.</summary>
    public Cluster WithSettings(Func<ClusterNode, P2PNodeOptions, P2PNodeOptions> change) =>
        With(() => _changes.Add((null, change ?? throw new ArgumentNullException(nameof(change)))));

    /// <summary>Changes the settings of one node.</summary>
    public Cluster WithSettings(string node, Func<P2PNodeOptions, P2PNodeOptions> change) =>
        With(() => _changes.Add((this[node], (_, settings) => change(settings))));

    /// <summary>Leaves nodes off at the start; <see cref="Faults.Restart"/> starts them.</summary>
    public Cluster WithLate(IReadOnlySet<string> nodes) => With(() => _late = nodes);

    /// <summary>Wraps the transports of nodes, for instance in one that damages what a node sends.</summary>
    public Cluster WithTransport(Func<ClusterNode, ITransport, ITransport> wrap) => With(() => _wrap = wrap);

    /// <summary>Wraps the clocks of nodes, once for each life, for instance in one that loses timers.</summary>
    public Cluster WithTimeProvider(Func<ClusterNode, TimeProvider, TimeProvider> wrap) => With(() => _wrapTime = wrap);

    /// <summary>
    /// Gives each node a store (<see cref="ClusterNode.PeerStore"/>), so that what nodes keep there, such as their
    /// bans, outlives their lives. A kill loses what was not confirmed.
    /// </summary>
    public Cluster WithPeerStores() => With(() => HasPeerStores = true);

    /// <summary>
    /// Sets the factory of the meters that the nodes report to, by their names. Without it, they use the meter of the
    /// process.
    /// </summary>
    public Cluster WithMeters(IMeterFactory factory) => With(() => Meters = factory);

    /// <summary>Makes every node ask, tell and broadcast at random, and checks the outcomes.</summary>
    public Cluster WithTraffic(TrafficSettings? traffic = null) =>
        With(() => _traffic = traffic ?? new TrafficSettings());

    /// <summary>Causes or ends a fault at a time since the start.</summary>
    public Cluster At(TimeSpan time, Action<Faults> what) => With(() => _timeline.Add((time, what)));

    /// <summary>Adds a checker.</summary>
    public Cluster CheckedBy(Checker checker) => With(() =>
    {
        ArgumentNullException.ThrowIfNull(checker);
        checker.Join(this);
        _checkers.Add(checker);
    });

    /// <summary>Removes a checker that does not apply.</summary>
    public Cluster Without<TChecker>()
        where TChecker : Checker => With(() => _checkers.RemoveAll(static checker => checker is TChecker));

    /// <summary>
    /// Keeps the faults when the program has ended. Otherwise all faults but deaths are healed, and the nodes get time
    /// to recover.
    /// </summary>
    public Cluster LeavingFaults() => With(() => _leaveFaults = true);

    /// <summary>Draws the pairs of nodes of which one dials the other, without a run.</summary>
    internal IReadOnlyList<(int Dialler, int Listener)> DrawEdges(Random random) => _topology(_nodes.Count, random);

    /// <summary>The settings a node starts with.</summary>
    internal P2PNodeOptions SettingsOf(ClusterNode node) =>
        _changes.Where(change => change.Node is null || change.Node == node).Aggregate(
        FirstSettingsOf(node), (settings, change) => change.Change(node, settings));

    private P2PNodeOptions FirstSettingsOf(ClusterNode node) => new()
    {
        NetworkId = "cluster",
        Listen = node.Address,

        // Frames can be seen, and a run takes less time. WithSettings may say otherwise.
        Encryption = Encryption.Off,

        // The memory of the machine must not change a run.
        MemoryBudget = 1L << 30,
        Bootstrap = [.. _dials[node.Key].Select(listener => _nodes[listener].Address)],
    };

    internal IMeterFactory? Meters { get; private set; }

    internal bool HasPeerStores { get; private set; }

    /// <summary>The transport of a node.</summary>
    internal ITransport TransportOf(ClusterNode node) => _wrap(node, Network.CreateTransport(node.Name, node.Key));

    /// <summary>The clock of a node's life.</summary>
    internal TimeProvider TimeOf(ClusterNode node, TimeProvider time) => _wrapTime(node, time);

    private Cluster With(Action change)
    {
        if (_world is not null)
        {
            throw new InvalidOperationException("The cluster has run; it must be configured before.");
        }

        change();
        return this;
    }
}
