using System.Globalization;
using System.Text.Json.Serialization;

namespace ActorP2P.Benchmarks;

/// <summary>What one run has found for one name: the samples of the node and of its baseline, pair by pair.</summary>
/// <param name="Name">What it is called; the unit is part of the name.</param>
/// <param name="Node">The node's samples, in the order in which they were taken.</param>
/// <param name="Raw">The baseline's; not a number where there is no baseline.</param>
internal sealed record Figure(string Name, IReadOnlyList<double> Node, IReadOnlyList<double> Raw)
{
    /// <summary>The ratio of each pair: both met the same load, which the medians of the two sides did not.</summary>
    [JsonIgnore]
    public IReadOnlyList<double> Ratios => [.. Node.Zip(Raw, (node, raw) => node / raw)];

    /// <summary>
    /// Whether the ratio says anything: there is a baseline, and it is not zero, or a stray byte among a thousand
    /// messages.
    /// </summary>
    [JsonIgnore]
    public bool HasRatio => Ratios.All(double.IsFinite) && !(IsBytes && Raw.Any(bytes => bytes < 1));

    /// <summary>Rates and shares: the more the better. All else, times and bytes, the less.</summary>
    [JsonIgnore]
    public bool MoreIsBetter =>
        Name.EndsWith("/s", StringComparison.Ordinal) || Name.EndsWith("-share", StringComparison.Ordinal);

    /// <summary>Bytes are counted, not timed: they need no baseline to be compared with those of another run.</summary>
    [JsonIgnore]
    public bool IsBytes =>
        Name.EndsWith("-B", StringComparison.Ordinal) || Name.EndsWith("-B/msg", StringComparison.Ordinal);

    public override string ToString() => FormattableString.Invariant(
        $"{Name} node={Median(Node)} raw={Median(Raw)} ratio={(HasRatio ? Median(Ratios) : "-")} range={(HasRatio ? Range(Ratios) : Range(Node))}");

    /// <summary>The median in words.</summary>
    public static string Median(IReadOnlyList<double> samples) => Text(Benchmarks.Median.Of(samples));

    /// <summary>The least and the most in words.</summary>
    public static string Range(IReadOnlyList<double> samples) => $"{Text(samples.Min())}..{Text(samples.Max())}";

    private static string Text(double value) => double.IsNaN(value)
        ? "-"
        : value.ToString(Math.Abs(value) < 100 ? "0.00" : "0", CultureInfo.InvariantCulture);
}
