namespace ActorP2P.Benchmarks;

/// <summary>A figure of two runs, and whether they differ by more than noise.</summary>
/// <remarks>
/// Noise is what the runs' own samples show: a figure has changed when the median of each run lies outside of the other's range,
/// and by five hundredths at least. With five samples each, two runs of the same code do that in one figure of twenty (simulated).
/// </remarks>
internal sealed record Comparison(Figure Before, Figure Now)
{
    private const double LeastChange = 0.05;

    // What rounding and a stray buffer make of a figure that is zero.
    private const double LeastBytes = 1;

    public bool IsSlower => HasChanged && (MedianNow < MedianBefore) == Before.MoreIsBetter;

    public bool IsFaster => HasChanged && !IsSlower;

    private double MedianBefore => Quantile.Of(Before.Comparable, 0.5);

    private double MedianNow => Quantile.Of(Now.Comparable, 0.5);

    private bool HasChanged
    {
        get
        {
            double change = Math.Abs(MedianNow - MedianBefore);
            return change >= LeastChange * Math.Abs(MedianBefore)
                && (!Before.IsBytes || change >= LeastBytes)
                && IsOutside(MedianNow, Before.Comparable)
                && IsOutside(MedianBefore, Now.Comparable);
        }
    }

    /// <summary>Pairs the figures that both reports have.</summary>
    public static IReadOnlyList<Comparison> Of(Report before, Report now) =>
    [
        .. from figure in before.Figures
           let other = now.Find(figure.Name)
           where other is not null
           select new Comparison(figure, other),
    ];

    public override string ToString()
    {
        string verdict = IsSlower ? "worse" : IsFaster ? "better" : "same";
        string what = Before.HasRatio && !Before.IsBytes ? "ratio" : "value";
        return FormattableString.Invariant($"{verdict,-6} {Before.Name} {what} ")
            + $"before={Figure.Median(Before.Comparable)} ({Figure.Range(Before.Comparable)}) "
            + $"now={Figure.Median(Now.Comparable)} ({Figure.Range(Now.Comparable)})";
    }

    private static bool IsOutside(double value, IReadOnlyList<double> samples) => value < samples.Min() || value > samples.Max();
}
