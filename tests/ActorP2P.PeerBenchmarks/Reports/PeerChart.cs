using System.Globalization;
using ActorP2P.Benchmarks;
using ScottPlot;

namespace ActorP2P.PeerBenchmarks;

/// <summary>
/// A chart with one line for each measure and one mark for each system. The axis is logarithmic, because the systems
/// differ by a hundredfold.
/// </summary>
internal static class PeerChart
{
    private const int Width = 900;
    private const int HeightWithoutRows = 150;
    private const int RowHeight = 34;
    private const float MarkSize = 9;

    // Far enough apart in hue for the systems of one row.
    private static readonly Color[] s_colours =
    [
        Chart.Raw, Chart.Node, Color.FromHex("#79b8ff"), Color.FromHex("#0b3d91"), Color.FromHex("#d1570a"),
        Color.FromHex("#8250df"), Color.FromHex("#1a7f37"), Color.FromHex("#bf3989"), Color.FromHex("#9a6700"),
        Color.FromHex("#cf222e"),
    ];

    /// <summary>The charts of a report, each with a file name.</summary>
    public static IEnumerable<(string Name, string Svg)> Of(PeerReport report)
    {
        if (Names(report, PeerMeasure.Cpu) is { Length: > 0 } costs)
        {
            yield return ("peers-cpu.svg",
                Draw(report, "Processor time of both sides, µs per message: further left is better", costs));
        }

        if (Names(report, PeerMeasure.Rate) is { Length: > 0 } rates)
        {
            yield return ("peers-rates.svg",
                Draw(report, "Thousand messages or deliveries a second: further right is better", rates));
        }
    }

    private static string[] Names(PeerReport report, string end) =>
        [.. report.Figures.Select(static figure => figure.Name).Distinct().Where(
            name => name.EndsWith($"-{end}", StringComparison.Ordinal)
                && !name.EndsWith(PeerMeasure.FarCpu, StringComparison.Ordinal))];

    private static string Draw(PeerReport report, string title, string[] names)
    {
        Plot plot = Chart.Create(title);
        double[] values = [.. report.Figures.Where(figure => names.Contains(figure.Name)).Select(Log)];
        double left = Math.Floor(values.Min());
        double right = Math.Ceiling(values.Max());
        for (int row = 0; row < names.Length; row++)
        {
            double y = names.Length - 1 - row;
            plot.AddLine(left, y, right, y, width: 0.3f);
        }

        for (int i = 0; i < report.Systems.Count; i++)
        {
            Color colour = s_colours[i % s_colours.Length];
            string system = report.Systems[i].Name;
            plot.AddLegendArea(system, colour);
            for (int row = 0; row < names.Length; row++)
            {
                if (report.Find(names[row], system) is { } figure)
                {
                    plot.Add.Marker(Log(figure), names.Length - 1 - row, MarkerShape.FilledCircle, MarkSize, colour);
                }
            }
        }

        double[] powers = [.. Enumerable.Range((int)left, (int)(right - left) + 1).Select(static i => (double)i)];
        plot.Axes.Bottom.SetTicks(
            powers,
            [.. powers.Select(static i => Math.Pow(10, i).ToString("#,0.###", CultureInfo.InvariantCulture))]);
        double[] rows = [.. Enumerable.Range(0, names.Length).Select(static row => (double)row)];
        plot.Axes.Left.SetTicks(rows, [.. names.Reverse()]);
        plot.Axes.Left.MajorTickStyle.Length = 0;
        plot.Axes.SetLimits(left, right, -0.5, names.Length - 0.5);
        return Chart.ToSvg(plot, Width, HeightWithoutRows + (RowHeight * names.Length));
    }

    private static double Log(PeerFigure figure) => Math.Log10(figure.Value);
}
