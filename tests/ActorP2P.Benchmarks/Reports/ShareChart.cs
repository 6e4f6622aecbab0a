using System.Globalization;
using ScottPlot;

namespace ActorP2P.Benchmarks;

/// <summary>
/// A chart of the node's share of its baselines, with one bar for each figure. The baseline is 1; a longer bar is
/// better, whatever the figure counts. A thin line is the range of the samples, and a mark is the aim. A bar that does
/// not fit ends in an arrow.
/// </summary>
internal static class ShareChart
{
    private const int Width = 860;
    private const int HeightWithoutRows = 120;
    private const int RowHeight = 24;
    private const double Most = 1.5;

    // The medians are in a column at the right of the bars.
    private const double Numbers = 1.55;
    private const double Right = 1.65;

    public static string Draw(string title, IReadOnlyList<Figure> figures)
    {
        Plot plot = Chart.Create(title);
        plot.AddLegendArea("aim met", Chart.Node);
        plot.AddLegendArea("missed", Chart.Missed);
        plot.AddLegendLine("aim", Chart.AimWidth);
        plot.AddLegendLine("least and most", 1);
        plot.AddLine(1, -0.5, 1, figures.Count - 0.5);
        for (int i = 0; i < figures.Count; i++)
        {
            // The first figure is the top row.
            Row(plot, figures.Count - 1 - i, figures[i]);
        }

        double[] rows = [.. Enumerable.Range(0, figures.Count).Select(i => (double)i)];
        plot.Axes.Left.SetTicks(rows, [.. figures.Reverse().Select(figure => figure.Name)]);
        plot.Axes.Left.MajorTickStyle.Length = 0;
        double[] tenths = [0, 0.2, 0.4, 0.6, 0.8, 1, 1.2, 1.4];
        plot.Axes.Bottom.SetTicks(
            tenths, [.. tenths.Select(share => share.ToString("0.0", CultureInfo.InvariantCulture))]);
        plot.Axes.SetLimits(0, Right, -0.5, figures.Count - 0.5);
        return Chart.ToSvg(plot, Width, HeightWithoutRows + (RowHeight * figures.Count));
    }

    private static void Row(Plot plot, double y, Figure figure)
    {
        Aim? aim = Aim.Of(figure);
        double[] shares = [.. figure.Ratios.Select(ratio => Share(figure, ratio))];
        double median = Median.Of(shares);
        plot.Add.Bar(new Bar
        {
            Position = y,
            Value = Math.Min(median, Most),
            Size = 0.6,
            Orientation = Orientation.Horizontal,
            FillColor = aim is null || aim.IsMetBy(figure) ? Chart.Node : Chart.Missed,
            LineWidth = 0,
        });
        plot.AddLine(Math.Min(shares.Min(), Most), y, Math.Min(shares.Max(), Most), y);
        if (shares.Max() > Most)
        {
            plot.AddLine(Most - 0.02, y + 0.2, Most, y);
            plot.AddLine(Most - 0.02, y - 0.2, Most, y);
        }

        if (aim is { OfRatio: true })
        {
            double x = Math.Min(Share(figure, aim.Bound), Most);
            plot.AddLine(x, y - 0.4, x, y + 0.4, Chart.AimWidth);
        }

        ScottPlot.Plottables.Text number = plot.Add.Text(
            median.ToString("0.00", CultureInfo.InvariantCulture), Numbers, y);
        number.LabelFontColor = Chart.Ink;
        number.LabelFontSize = 12;
        number.LabelAlignment = Alignment.MiddleLeft;
    }

    private static double Share(Figure figure, double ratio) => figure.MoreIsBetter ? ratio : 1 / ratio;
}
