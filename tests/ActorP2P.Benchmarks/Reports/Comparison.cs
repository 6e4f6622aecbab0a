namespace ActorP2P.Benchmarks;

/// <summary>A figure of two runs, and whether they differ by more than noise.</summary>
/// <remarks>
/// Noise is what the samples of both runs show. A figure has changed when the two ranges do not touch, when the medians
/// are further apart than the ranges are wide in the mean, by a quarter, and by a tenth at least. With five samples
/// each, two runs of the same code do that in one or two figures of a thousand, whether their samples scatter by a
/// thirtieth or by a half.
/// </remarks>
internal sealed record Comparison
{
    private const double LeastChange = 0.1;

    // What rounding and a stray buffer make of a figure that is zero.
    private const double LeastBytes = 1;

    private const int EnoughSamples = 5;
    private const double Margin = 1.25;

    // Three samples often lie close together by chance, so that their range says little; two, nearly always.
    private const int LeastSamples = 3;
    private const double MarginOfFew = 3;

    private readonly bool _asRatio;

    /// <summary>Compares a figure of two runs.</summary>
    /// <param name="before">The earlier run's.</param>
    /// <param name="now">The later run's.</param>
    /// <param name="sameMachine">
    /// Whether both ran on such a machine; on another one only what is counted can be compared.
    /// </param>
    public Comparison(Figure before, Figure now, bool sameMachine)
    {
        Name = before.Name;
        _asRatio = !before.IsBytes && before.HasRatio && now.HasRatio;
        Before = _asRatio ? before.Ratios : before.Node;
        Now = _asRatio ? now.Ratios : now.Node;
        Change = Judge(before, sameMachine);
    }

    /// <summary>The figure's name.</summary>
    public string Name { get; }

    /// <summary>The earlier samples that are compared: ratios where both runs have them, bytes as they are.</summary>
    public IReadOnlyList<double> Before { get; }

    /// <summary>The later samples.</summary>
    public IReadOnlyList<double> Now { get; }

    public Change Change { get; }

    public override string ToString() =>
        $"{Change.ToString().ToLowerInvariant(),-6} {Name} {(_asRatio ? "ratio" : "value")} "
        + $"before={Figure.Median(Before)} ({Figure.Range(Before)}) now={Figure.Median(Now)} ({Figure.Range(Now)})";

    private Change Judge(Figure figure, bool sameMachine)
    {
        int samples = Math.Min(Before.Count, Now.Count);
        if (samples < LeastSamples || !(sameMachine || figure.IsBytes))
        {
            return Change.Unsure;
        }

        double before = Median.Of(Before);
        double moved = Median.Of(Now) - before;
        double spread = (Width(Before) + Width(Now)) / 2 * (samples < EnoughSamples ? MarginOfFew : Margin);
        bool hasChanged = Math.Abs(moved) >= Math.Max(spread, LeastChange * Math.Abs(before))
            && moved != 0
            && !(figure.IsBytes && Math.Abs(moved) < LeastBytes)
            && (Before.Max() < Now.Min() || Now.Max() < Before.Min());
        return !hasChanged ? Change.Same : moved > 0 == figure.MoreIsBetter ? Change.Better : Change.Worse;
    }

    private static double Width(IReadOnlyList<double> samples) => samples.Max() - samples.Min();
}
