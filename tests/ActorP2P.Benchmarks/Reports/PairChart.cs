using ScottPlot;

namespace ActorP2P.Benchmarks;

/// <summary>
/// A chart of the node beside its baseline. Each figure has two columns with the range of the samples, and a mark for
/// the aim, which is a share of the baseline.
/// </summary>
internal static class PairChart
{
    private const int Height = 360;
    private const int GroupWidth = 120;

    // This width leaves room for the title and the legend when there are few groups.
    private const int LeastWidth = 460;
    private const int Margin = 100;

    // The distance from one group to the next; a column is 1 wide.
    private const double Group = 3;

    /// <summary>Draws a chart.</summary>
    /// <param name="title">The title.</param>
    /// <param name="unit">The unit of the vertical axis.</param>
    /// <param name="columns">The figures and a label for each.</param>
    public static string Draw(string title, string unit, IReadOnlyList<(string Word, Figure Figure)> columns)
    {
        Plot plot = Chart.Create(title);
        plot.AddLegendArea("node", Chart.Node);
        plot.AddLegendArea("raw", Chart.Raw);
        if (columns.Any(column => Aim.Of(column.Figure) is { OfRatio: true }))
        {
            plot.AddLegendLine("aim", Chart.AimWidth);
        }

        plot.AddLegendLine("least and most", 1);
        for (int i = 0; i < columns.Count; i++)
        {
            Figure figure = columns[i].Figure;
            double middle = i * Group;
            Column(plot, middle - 0.5, figure.Node, Chart.Node);
            Column(plot, middle + 0.5, figure.Raw, Chart.Raw);
            if (Aim.Of(figure) is { OfRatio: true } aim)
            {
                double y = aim.Bound * Median.Of(figure.Raw);
                plot.AddLine(middle - 1.1, y, middle + 0.05, y, Chart.AimWidth);
            }
        }

        double[] middles = [.. Enumerable.Range(0, columns.Count).Select(i => i * Group)];
        plot.Axes.Bottom.SetTicks(middles, [.. columns.Select(column => column.Word)]);
        plot.Axes.Bottom.MajorTickStyle.Length = 0;
        plot.YLabel(unit);
        plot.Axes.Left.Label.Bold = false;
        double most = columns.Max(column => Math.Max(column.Figure.Node.Max(), column.Figure.Raw.Max()));
        plot.Axes.SetLimits(-Group / 2, (columns.Count - 0.5) * Group, 0, most * 1.05);
        return Chart.ToSvg(plot, Math.Max(LeastWidth, Margin + (GroupWidth * columns.Count)), Height);
    }

    private static void Column(Plot plot, double x, IReadOnlyList<double> samples, Color colour)
    {
        plot.Add.Bar(
            new Bar { Position = x, Value = Median.Of(samples), Size = 0.92, FillColor = colour, LineWidth = 0 });
        plot.AddLine(x, samples.Min(), x, samples.Max());
    }
}
