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

    /// <summary>The number of nodes; they are named <c>node0</c>, <c>node1</c> and so on.</summary>
    public int Nodes { get; init; } = 20;

    /// <summary>The conditions of links.</summary>
    public LinkConditions Network { get; init; } = new();

    /// <summary>The settings of every node.</summary>
    public P2PNodeOptions Settings { get; init; } = new();

    /// <summary>The random traffic of the nodes; null for none.</summary>
    public TrafficSettings? Traffic { get; init; }

    /// <summary>The broadcasts that are followed; null for none.</summary>
    public BroadcastLoad? Broadcasts { get; init; }

    /// <summary>The expected figures.</summary>
    public Expectations Expect { get; init; } = new();

    /// <summary>The seeds that are run.</summary>
    public IEnumerable<ulong> Seeds => Enumerable.Range(0, SeedCount).Select(index => FirstSeed + (ulong)index);

    /// <summary>Identifies the scenario: a digest of its file's content, in hexadecimal digits.</summary>
    public string Digest { get; init; } = "";

    internal Func<Cluster, Cluster> Link { get; init; } = static cluster => cluster.RandomlyLinked(3);

    internal IReadOnlyList<TimelineEntry> Timeline { get; init; } = [];

    /// <summary>Reads a file and the files that it includes.</summary>
    /// <exception cref="ScenarioException">It cannot be read, or something in it is not allowed.</exception>
    public static Scenario FromFile(string filePath)
    {
        try
        {
            return From(HoconConfig.FromFile(filePath));
        }
        catch (HoconException malformed)
        {
            throw new ScenarioException(malformed.Message, malformed);
        }
        catch (ScenarioException wrong)
        {
            throw new ScenarioException($"{filePath}: {wrong.Message}", wrong);
        }
    }

    /// <summary>Reads the text of a file.</summary>
    /// <exception cref="ScenarioException">Something in it is not allowed.</exception>
    public static Scenario Parse(string hocon)
    {
        try
        {
            return From(HoconConfig.Parse(hocon));
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
        return ScenarioReader.Read(config);
    }

    /// <summary>Runs the scenario with one seed.</summary>
    /// <param name="seed">The seed. The same seed gives the same result in every process.</param>
    public ScenarioResult Run(ulong seed) => new ScenarioRun(this, seed).Run();
}
