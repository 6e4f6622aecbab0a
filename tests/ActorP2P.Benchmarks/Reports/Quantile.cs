namespace ActorP2P.Benchmarks;

/// <summary>Quantiles of samples.</summary>
internal static class Quantile
{
    /// <summary>The value below which a share of the samples lies, between two of them in proportion.</summary>
    /// <param name="samples">At least one; their order does not matter.</param>
    /// <param name="share">From 0 to 1; the median is 0.5.</param>
    public static double Of(IReadOnlyCollection<double> samples, double share)
    {
        double[] sorted = [.. samples.Order()];
        double place = share * (sorted.Length - 1);
        int below = (int)place;
        int above = Math.Min(below + 1, sorted.Length - 1);
        return sorted[below] + ((sorted[above] - sorted[below]) * (place - below));
    }
}
