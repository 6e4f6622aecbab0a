using ActorP2P.Hocon;

namespace ActorP2P.Simulation;

/// <summary>
/// A simulation as a HOCON file describes it, in its section <c>simulation</c>: who is there, what the network is like, what the
/// nodes say to each other, what goes wrong when, and what must come of it. docs/simulation.md lists the keys.
/// </summary>
public sealed record Scenario
{
    /// <summary>Its name.</summary>
    public string Name { get; init; } = "scenario";

    /// <summary>The first seed.</summary>
    public ulong FirstSeed { get; init; } = 1;

    /// <summary>How many seeds are run, one after the other.</summary>
    public int SeedCount { get; init; } = 1;

    /// <summary>How long the nodes live, in virtual time.</summary>
    public TimeSpan Duration { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>How many nodes there are; they are named <c>node0</c>, <c>node1</c> and so on.</summary>
    public int Nodes { get; init; } = 20;

    /// <summary>What links are like.</summary>
    public LinkConditions Network { get; init; } = new();

    /// <summary>What every node's settings have that the defaults have not.</summary>
    public P2PNodeOptions Settings { get; init; } = new();

    /// <summary>What the nodes say at random; null: nothing.</summary>
    public TrafficSettings? Traffic { get; init; }

    /// <summary>Broadcasts that are followed; null: none.</summary>
    public BroadcastLoad? Broadcasts { get; init; }

    /// <summary>What the figures must be.</summary>
    public Expectations Expect { get; init; } = new();

    /// <summary>The seeds that are run.</summary>
    public IEnumerable<ulong> Seeds => Enumerable.Range(0, SeedCount).Select(index => FirstSeed + (ulong)index);

    /// <summary>What tells this scenario from every other: a digest of all that its file says, in hexadecimal digits.</summary>
    public string Digest { get; init; } = "";

    internal Func<Cluster, Cluster> Link { get; init; } = static cluster => cluster.RandomlyLinked(3);

    internal IReadOnlyList<TimelineEntry> Timeline { get; init; } = [];

    /// <summary>Reads a file, and what it includes.</summary>
    /// <exception cref="ScenarioException">It cannot be read, or says something that it may not.</exception>
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
    /// <exception cref="ScenarioException">It says something that it may not.</exception>
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
    /// <exception cref="ScenarioException">It says something that it may not.</exception>
    public static Scenario From(HoconConfig config)
    {
        ArgumentNullException.ThrowIfNull(config);
        return ScenarioReader.Read(config);
    }

    /// <summary>Runs it with one seed.</summary>
    /// <param name="seed">The seed; the same gives the same result, in every process.</param>
    public ScenarioResult Run(ulong seed) => new ScenarioRun(this, seed).Run();
}
