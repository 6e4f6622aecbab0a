using System.Runtime.CompilerServices;

namespace ActorP2P.Simulation.Tests;

/// <summary>
/// Ten nodes with a random topology, traffic, and a fault every few seconds; the seed determines all of it.
/// </summary>
internal static class RandomFaults
{
    private const int Nodes = 10;
    private const int FaultCount = 12;

    /// <summary>Creates the cluster of a seed.</summary>
    /// <param name="seed">The seed.</param>
    /// <param name="scenario">The test that runs the cluster; a failure names it.</param>
    public static Cluster Of(ulong seed, [CallerMemberName] string scenario = "")
    {
        Random random = new SimulatedWorld(seed).CreateRandom(SimulatedWorld.DriverNode, 0, "faults");
        Cluster cluster = Cluster.Of(Nodes, scenario).WithSeed(seed)
            .RandomlyLinked(dials: 2)
            .LinkedBy(Conditions(random))
            .WithTraffic(new TrafficSettings { Pause = TimeSpan.FromSeconds(1) });
        for (int i = 0; i < FaultCount; i++)
        {
            TimeSpan at = TimeSpan.FromSeconds(30 * random.NextDouble());
            cluster.At(at, Draw(random));
        }

        return cluster;
    }

    private static LinkConditions Conditions(Random random) => new()
    {
        Latency = TimeSpan.FromMilliseconds(1 + random.Next(100)),
        Jitter = TimeSpan.FromMilliseconds(random.Next(50)),
        Loss = random.Next(2) * 0.02 * random.NextDouble(),
        Resets = random.Next(2) * 0.001,
        Refusals = random.Next(2) * 0.1,
        BytesPerSecond = random.Next(2) == 0 ? null : 100_000 + random.Next(1_000_000),
        SegmentBytes = random.Next(3) == 0 ? 1_460 : 64 * 1024,
    };

    private static Action<Faults> Draw(Random random)
    {
        string one = $"node{random.Next(Nodes)}";
        string other = $"node{random.Next(Nodes)}";
        int split = 1 + random.Next(Nodes - 1);
        string[] names = [.. Enumerable.Range(0, Nodes).Select(index => $"node{index}")];
        int readRate = random.Next(2) * 10_000;
        LinkConditions conditions = Conditions(random);
        TimeSpan offset = TimeSpan.FromHours(2 * (random.NextDouble() - 0.5));

        // Ten per cent is far more than the error of any clock, and it is less than the margin that the settings leave
        // between a wait and its answer.
        double rate = 0.9 + (0.2 * random.NextDouble());
        return random.Next(13) switch
        {
            0 => faults => faults.Cut(one, other),
            1 => faults => faults.CutOneWay(one, other),
            2 => faults => faults.Heal(one, other),
            3 => faults => faults.HealAll(),
            4 => faults => faults.Partition(names[..split], names[split..]),
            5 => faults => faults.Reset(one, other),
            6 => faults => faults.Forget(one, other),
            7 => faults => faults.ReadRate(one, readRate),
            8 => faults => faults.Kill(one),
            9 => faults => faults.Kill(one, DeathKind.Host),
            10 => faults => faults.Link(one, other, conditions),
            11 => faults => faults.Clock(one, offset, rate),
            _ => faults => faults.Restart(one).Restart(other),
        };
    }
}
