namespace ActorP2P.Benchmarks;

/// <summary>One figure of two runs, and whether the runs differ by more than noise.</summary>
/// <remarks>
/// Noise is estimated from the samples of both runs. A figure has changed when the two ranges do not touch, and the
/// distance of the medians exceeds the mean width of the ranges by a quarter, and it is at least a tenth. With five
/// samples each, two runs of the same code meet these conditions in one or two figures of a thousand, whether their
/// samples scatter by a thirtieth or by a half.
/// </remarks>
internal sealed record Comparison
{
    private const double LeastChange = 0.1;

    // Rounding and a stray buffer can make a figure that is zero look as large as this.
    private const double LeastBytes = 1;

    private const int EnoughSamples = 5;
    private const double Margin = 1.25;

    // Three samples often lie close together by chance, so their range says little; two samples nearly always do.
    private const int LeastSamples = 3;
    private const double MarginOfFew = 3;

    private readonly bool _asRatio;

    /// <summary>Compares a figure of two runs.</summary>
    /// <param name="before">The figure of the earlier run.</param>
    /// <param name="now">The figure of the later run.</param>
    /// <param name="sameMachine">
    /// Whether both runs were made on equal machines. On different machines only counted figures can be compared.
    /// </param>
    public Comparison(Figure before, Figure now, bool sameMachine)
    {
        Name = before.Name;
        _asRatio = !before.IsBytes && before.HasRatio && now.HasRatio;
        Before = _asRatio ? before.Ratios : before.Node;
        Now = _asRatio ? now.Ratios : now.Node;
        Change = Judge(before, sameMachine);
    }

    /// <summary>The name of the figure.</summary>
    public string Name { get; }

    /// <summary>The earlier samples that are compared: ratios when both runs have them; bytes as they are.</summary>
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
