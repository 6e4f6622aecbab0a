using ScottPlot.Statistics;

namespace ActorP2P.Benchmarks;

/// <summary>
/// The median of the few samples of a figure. <see cref="Latencies"/> computes quantiles of many times.
/// </summary>
internal static class Median
{
    /// <summary>The median; for an even number of samples it is halfway between the two in the middle.</summary>
    /// <param name="samples">At least one sample, in any order. When one of them is NaN, the median is NaN.</param>
    public static double Of(IReadOnlyCollection<double> samples) =>
        samples.Any(double.IsNaN) ? double.NaN : Descriptive.Median([.. samples]);
}
