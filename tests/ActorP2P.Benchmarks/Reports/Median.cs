using ScottPlot.Statistics;

namespace ActorP2P.Benchmarks;

/// <summary>
/// The median of the few samples of a figure. Of many times <see cref="Latencies"/> knows all quantiles.
/// </summary>
internal static class Median
{
    /// <summary>The median; of an even number of samples halfway between the two in the middle.</summary>
    /// <param name="samples">
    /// At least one; their order does not matter. One that is not a number makes the median none.
    /// </param>
    public static double Of(IReadOnlyCollection<double> samples) =>
        samples.Any(double.IsNaN) ? double.NaN : Descriptive.Median([.. samples]);
}
