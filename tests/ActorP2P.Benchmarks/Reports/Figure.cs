using System.Globalization;
using System.Text.Json.Serialization;

namespace ActorP2P.Benchmarks;

/// <summary>
/// What one run has measured under one name: the samples of the node and of its baseline, pair by pair.
/// </summary>
/// <param name="Name">The name of the figure, which includes the unit.</param>
/// <param name="Node">The node's samples, in the order in which they were taken.</param>
/// <param name="Raw">The samples of the baseline; NaN when there is no baseline.</param>
internal sealed record Figure(string Name, IReadOnlyList<double> Node, IReadOnlyList<double> Raw)
{
    /// <summary>
    /// The ratio of each pair. Both samples of a pair met the same load, which is not true of the medians of the two
    /// sides.
    /// </summary>
    [JsonIgnore]
    public IReadOnlyList<double> Ratios => [.. Node.Zip(Raw, (node, raw) => node / raw)];

    /// <summary>
    /// Whether the ratio is meaningful: there is a baseline, and it is neither zero nor a stray byte among a thousand
    /// messages.
    /// </summary>
    [JsonIgnore]
    public bool HasRatio => Ratios.All(double.IsFinite) && !(IsBytes && Raw.Any(bytes => bytes < 1));

    /// <summary>Whether more is better, as it is for rates and shares. For times and bytes less is better.</summary>
    [JsonIgnore]
    public bool MoreIsBetter =>
        Name.EndsWith("/s", StringComparison.Ordinal) || Name.EndsWith("-share", StringComparison.Ordinal);

    /// <summary>
    /// Whether the figure is counted, as bytes are, instead of timed. Such a figure can be compared with another run's
    /// without a baseline.
    /// </summary>
    [JsonIgnore]
    public bool IsBytes =>
        Name.EndsWith("-B", StringComparison.Ordinal) || Name.EndsWith("-B/msg", StringComparison.Ordinal);

    public override string ToString() =>
        $"{Name} node={Median(Node)} raw={Median(Raw)} ratio={(HasRatio ? Median(Ratios) : "-")} "
        + $"range={(HasRatio ? Range(Ratios) : Range(Node))}";

    /// <summary>The median as text.</summary>
    public static string Median(IReadOnlyList<double> samples) => Text(Benchmarks.Median.Of(samples));

    /// <summary>The smallest and the largest sample as text.</summary>
    public static string Range(IReadOnlyList<double> samples) => $"{Text(samples.Min())}..{Text(samples.Max())}";

    private static string Text(double value) => double.IsNaN(value)
        ? "-"
        : value.ToString(Math.Abs(value) < 100 ? "0.00" : "0", CultureInfo.InvariantCulture);
}
