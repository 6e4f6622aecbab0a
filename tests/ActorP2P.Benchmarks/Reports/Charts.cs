namespace ActorP2P.Benchmarks;

/// <summary>
/// The charts of a report, each with a file name and its SVG. A chart is omitted when its figures were not measured.
/// </summary>
internal static class Charts
{
    public static IEnumerable<(string Name, string Svg)> Of(Report report)
    {
        Figure[] shares = [.. report.Figures.Where(figure => figure.HasRatio && Aim.Of(figure) is { OfRatio: true })];
        if (shares.Length > 0)
        {
            yield return ("shares.svg",
                ShareChart.Draw("The node against its baselines: 1 is as good, more is better", shares));
        }

        if (Pairs(report, "oneway-{0}-MB/s", ["32B", "1KiB", "1KiB-typed", "64KiB", "1MiB"]) is { Count: > 0 } sizes)
        {
            yield return ("oneway.svg", PairChart.Draw("One way, by the size of messages", "MB/s", sizes));
        }

        if (Pairs(report, "scale-x{0}-1KiB-k/s", ["1", "8", "64", "512"]) is { Count: > 0 } counts)
        {
            yield return ("scale.svg", PairChart.Draw("The same load on 1 to 512 peers", "k msg/s", counts));
        }
    }

    private static List<(string Word, Figure Figure)> Pairs(Report report, string name, string[] words) =>
    [
        .. from word in words
           let figure = report.Find(name.Replace("{0}", word, StringComparison.Ordinal))
           where figure is not null
           select (word, figure),
    ];
}
