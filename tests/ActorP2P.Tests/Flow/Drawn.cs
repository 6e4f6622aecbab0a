using ActorP2P.TestKit;

namespace ActorP2P.Tests.Flow;

/// <summary>Values that differ from seed to seed.</summary>
internal static class Drawn
{
    /// <summary>
    /// A link between two houses or two continents, with bytes in large or small pieces and sometimes with losses.
    /// </summary>
    public static LinkConditions Link(Random random) => new()
    {
        Latency = TimeSpan.FromMilliseconds(1 + random.Next(50)),
        Jitter = TimeSpan.FromMilliseconds(random.Next(20)),
        Loss = random.Next(2) * 0.02 * random.NextDouble(),
        BytesPerSecond = random.Next(2) == 0 ? null : random.Next(2_000_000, 50_000_000),
        SegmentBytes = random.Next(4) == 0 ? 1_460 : 64 * 1024,
        WindowBytes = 64 * 1024 * random.Next(1, 5),
    };

    /// <summary>A random time up to the given limit.</summary>
    public static TimeSpan Time(Random random, TimeSpan longest) => longest * random.NextDouble();
}
