namespace ActorP2P.Benchmarks.Tests;

/// <summary>Makes figures and reports for the tests.</summary>
internal static class Samples
{
    public static readonly Machine Machine = new("EPYC", 2, 1L << 34, "Linux", ".NET 10", "workstation GC");

    /// <summary>A figure whose baseline is 1, so that its ratios equal its values.</summary>
    public static Figure Figure(string name, params double[] node) => new(name, node, [.. node.Select(_ => 1.0)]);

    public static Report Report(params Figure[] figures) =>
        new(Machine, new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero), 12.5, "0.1 0.2 0.3", "0.4 0.5 0.6",
            figures);
}
