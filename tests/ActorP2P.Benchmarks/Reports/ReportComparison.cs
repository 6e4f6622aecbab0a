namespace ActorP2P.Benchmarks;

/// <summary>Compares two reports figure by figure.</summary>
internal sealed class ReportComparison
{
    private readonly Report _before;
    private readonly Report _now;

    public ReportComparison(Report before, Report now)
    {
        _before = before;
        _now = now;
        Figures =
        [
            .. from figure in before.Figures
               let other = now.Find(figure.Name)
               where other is not null
               select new Comparison(figure, other, before.Machine.IsLike(now.Machine)),
        ];
        Gone = [.. before.Figures.Select(figure => figure.Name).Where(name => now.Find(name) is null)];
        New = [.. now.Figures.Select(figure => figure.Name).Where(name => before.Find(name) is null)];
    }

    /// <summary>The figures that are in both reports.</summary>
    public IReadOnlyList<Comparison> Figures { get; }

    /// <summary>The names that are only in the earlier report.</summary>
    public IReadOnlyList<string> Gone { get; }

    /// <summary>The names that are only in the later report.</summary>
    public IReadOnlyList<string> New { get; }

    /// <summary>
    /// The exit code of the process: 1 when a figure got worse, 2 when no figure could be judged, otherwise 0.
    /// </summary>
    public int ExitCode => Count(Change.Unsure) == Figures.Count ? 2 : Count(Change.Worse) > 0 ? 1 : 0;

    /// <summary>The lines of the comparison, the most important first.</summary>
    public IEnumerable<string> Lines()
    {
        yield return $"# before: {Taken(_before)}";
        yield return $"# now:    {Taken(_now)}";
        if (!_before.Machine.IsLike(_now.Machine))
        {
            yield return "# Another machine: only bytes, which are counted, can be compared.";
        }

        Change[] order = [Change.Worse, Change.Better, Change.Same, Change.Unsure];
        foreach (Comparison comparison in Figures.OrderBy(comparison => Array.IndexOf(order, comparison.Change)))
        {
            yield return comparison.ToString();
        }

        foreach (string name in Gone)
        {
            yield return $"gone   {name}";
        }

        foreach (string name in New)
        {
            yield return $"new    {name}";
        }

        yield return $"# of {Figures.Count} figures {Count(Change.Worse)} worse, {Count(Change.Better)} better, "
            + $"{Count(Change.Same)} same, {Count(Change.Unsure)} unsure; {Gone.Count} gone, {New.Count} new";
    }

    private static string Taken(Report report) => FormattableString.Invariant(
        $"{report.TakenAt:yyyy-MM-dd HH:mm}, {report.Machine}, load {report.LoadBefore} to {report.LoadAfter}");

    private int Count(Change change) => Figures.Count(comparison => comparison.Change == change);
}
