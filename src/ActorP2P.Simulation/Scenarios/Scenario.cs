using ActorP2P.Hocon;

namespace ActorP2P.Simulation;

/// <summary>
/// A simulation that a HOCON file describes in its section <c>simulation</c>: the nodes, the network, the
/// messages, the faults and their times, and the expected figures. docs/simulation.md lists the keys.
/// </summary>
public sealed record Scenario
{
    /// <summary>Its name.</summary>
    public string Name { get; init; } = "scenario";

    /// <summary>The first seed.</summary>
    public ulong FirstSeed { get; init; } = 1;

    /// <summary>The number of seeds to run, one after the other.</summary>
    public int SeedCount { get; init; } = 1;

    /// <summary>How long the nodes run, in virtual time.</summary>
    public TimeSpan Duration { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>The number of nodes.</summary>
    public int Nodes { get; internal init; } = 20;

    /// <summary>The conditions of links.</summary>
    public LinkConditions Network { get; init; } = new();

    /// <summary>The settings of every node, or of those of the first group if there are groups.</summary>
    public P2PNodeOptions Settings { get; internal init; } = new();

    /// <summary>The random traffic of the nodes; null for none.</summary>
    public TrafficSettings? Traffic { get; init; }

    /// <summary>The broadcasts that are followed; null for none.</summary>
    public BroadcastLoad? Broadcasts { get; init; }

    /// <summary>How one world is spread over the members of a cluster; null: a member runs a whole world.</summary>
    public ScenarioSpread? Spread { get; init; }

    /// <summary>The expected figures.</summary>
    public Expectations Expect { get; init; } = new();

    /// <summary>
    /// Makes the checkers that each run has beside its own, for instance
    /// <c>scenario with { Checkers = [() => new AllOnOneTip()] }</c>. One that throws fails the run.
    /// </summary>
    public IReadOnlyList<Func<Checker>> Checkers { get; init; } = [];

    /// <summary>Makes the applications that groups of the file name, for each run.</summary>
    public IReadOnlyDictionary<string, Func<ScenarioApplication>> Applications { get; init; } =
        new Dictionary<string, Func<ScenarioApplication>>();

    /// <summary>
    /// How long a step of the run may take in real time, 60 s by default. A handler, a checker or an application that
    /// blocks for longer fails the run. Its thread stays blocked.
    /// </summary>
    public TimeSpan LongestStep { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>The seeds that are run.</summary>
    public IEnumerable<ulong> Seeds => Enumerable.Range(0, SeedCount).Select(index => FirstSeed + (ulong)index);

    /// <summary>Identifies the scenario: a digest of its file's content, in hexadecimal digits.</summary>
    public string Digest { get; init; } = "";

    /// <summary>
    /// The file's settings of Akka.NET for a run over a cluster: an object that contains <c>akka</c>, or an empty one.
    /// They are not part of <see cref="Digest"/>, because they may differ from machine to machine.
    /// </summary>
    public HoconConfig Akka { get; init; } = HoconConfig.Empty;

    internal ScenarioNodes Members { get; init; } = ScenarioNodes.Plain(20, new P2PNodeOptions());

    internal IReadOnlyList<ScenarioRegion> Regions { get; init; } = [];

    internal IReadOnlyList<ScenarioClass> Classes { get; init; } = [];

    internal Func<Cluster, Cluster> Link { get; init; } = static cluster => cluster.RandomlyLinked(3);

    internal IReadOnlyList<Workload> Workloads { get; init; } = [];

    internal IReadOnlyList<TimelineEntry> Timeline { get; init; } = [];

    /// <summary>Reads a file and the files that it includes.</summary>
    /// <exception cref="ScenarioException">It cannot be read, or something in it is not allowed.</exception>
    public static Scenario FromFile(string filePath)
    {
        try
        {
            ScenarioPositions positions = new();
            string folder = Path.GetDirectoryName(Path.GetFullPath(filePath)) ?? "";
            return ScenarioReader.Read(HoconConfig.FromFile(filePath, positions.Options), positions, folder);
        }
        catch (HoconException malformed)
        {
            throw new ScenarioException(malformed.Message, malformed);
        }
        catch (ScenarioException wrong) when (!wrong.NamesFile)
        {
            throw new ScenarioException($"{filePath}: {wrong.Message}", wrong);
        }
    }

    /// <summary>Reads the text of a file. Names of files in it are relative to the current directory.</summary>
    /// <exception cref="ScenarioException">Something in it is not allowed.</exception>
    public static Scenario Parse(string hocon)
    {
        try
        {
            ScenarioPositions positions = new();
            return ScenarioReader.Read(HoconConfig.Parse(hocon, positions.Options), positions, "");
        }
        catch (HoconException malformed)
        {
            throw new ScenarioException(malformed.Message, malformed);
        }
    }

    /// <summary>Reads the section <c>simulation</c> of a configuration.</summary>
    /// <exception cref="ScenarioException">Something in it is not allowed.</exception>
    public static Scenario From(HoconConfig config)
    {
        ArgumentNullException.ThrowIfNull(config);
        return ScenarioReader.Read(config, new ScenarioPositions(), "");
    }

    /// <summary>Runs the scenario with one seed, on a thread of its own.</summary>
    /// <param name="seed">The seed. The same seed gives the same result in every process.</param>
    /// <param name="progress">Called about twice a second of real time; null: not called.</param>
    /// <param name="cancellationToken">Ends the run after its current step; the result says so.</param>
    /// <exception cref="ScenarioException">A group names an application that there is not.</exception>
    public ScenarioResult Run(
        ulong seed, IProgress<ScenarioProgress>? progress = null, CancellationToken cancellationToken = default) =>
        new GuardedRun(this, seed, new RunOptions()).Run(progress, cancellationToken);

    /// <summary>
    /// Runs the scenario with one seed and records figures over time. The result is that of <see cref="Run"/>.
    /// </summary>
    /// <exception cref="ScenarioException">A group names an application that there is not.</exception>
    public ScenarioRecording Record(
        ulong seed, IProgress<ScenarioProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        RunRecorder recorder = new(this);
        ScenarioResult result = new GuardedRun(this, seed, new RunOptions { Recorder = recorder })
            .Run(progress, cancellationToken);
        return recorder.End(result);
    }

    /// <summary>Runs the scenario with one seed and shows what happened at nodes in a span of virtual time.</summary>
    /// <param name="seed">The seed.</param>
    /// <param name="filter">Which nodes and which time are shown.</param>
    /// <param name="show">Called with each event, in order, on the thread of the run.</param>
    /// <param name="cancellationToken">Ends the run after its current step; the result says so.</param>
    /// <exception cref="ScenarioException">
    /// A group names an application that there is not, or the filter names a node that there is not.
    /// </exception>
    public ScenarioResult Replay(
        ulong seed, ReplayFilter filter, Action<ReplayedEvent> show, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(filter);
        ArgumentNullException.ThrowIfNull(show);
        return filter.Node is { } node && !Members.Names.Contains(node)
            ? throw new ScenarioException(
                $"There is no node '{node}'; there are {Members.Names[0]} to {Members.Names[^1]}.")
            : new GuardedRun(this, seed, new RunOptions { Replay = new ReplayChecker(filter, show) })
                .Run(null, cancellationToken);
    }
}
