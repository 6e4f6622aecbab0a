using System.Globalization;
using ScottPlot;

namespace ActorP2P.Benchmarks;

/// <summary>What all charts share: colours, fonts, and the conversion to SVG.</summary>
internal static class Chart
{
    public static readonly Color Ink = Color.FromHex("#24292f");
    public static readonly Color Node = Color.FromHex("#1f6feb");
    public static readonly Color Raw = Color.FromHex("#8c959f");
    public static readonly Color Missed = Color.FromHex("#d1570a");

    /// <summary>The width of the mark of an aim and of its line in the legend.</summary>
    public const float AimWidth = 3;

    private const string Font = "DejaVu Sans";

    /// <summary>
    /// Creates an empty chart with a light background of its own, because the page around it may be dark.
    /// </summary>
    public static Plot Create(string title)
    {
        var plot = new Plot();
        plot.FigureBackground.Color = Colors.White;
        plot.DataBackground.Color = Colors.White;
        plot.Axes.Color(Ink);
        plot.Font.Set(Font);
        plot.Title(title, size: 16);
        plot.Axes.Title.Label.Bold = false;
        plot.Axes.Right.FrameLineStyle.Width = 0;
        plot.Axes.Top.FrameLineStyle.Width = 0;
        plot.ShowLegend(Edge.Bottom);
        plot.Legend.Orientation = Orientation.Horizontal;
        plot.Legend.OutlineWidth = 0;
        plot.Legend.ShadowColor = Colors.Transparent;
        return plot;
    }

    /// <summary>Adds an area to the legend.</summary>
    public static void AddLegendArea(this Plot plot, string words, Color colour) =>
        plot.Legend.ManualItems.Add(new LegendItem { LabelText = words, FillColor = colour });

    /// <summary>Adds a line to the legend.</summary>
    public static void AddLegendLine(this Plot plot, string words, float width) =>
        plot.Legend.ManualItems.Add(new LegendItem { LabelText = words, LineColor = Ink, LineWidth = width });

    /// <summary>Draws a straight line.</summary>
    public static void AddLine(this Plot plot, double x1, double y1, double x2, double y2, float width = 1)
    {
        ScottPlot.Plottables.LinePlot line = plot.Add.Line(x1, y1, x2, y2);
        line.Color = Ink;
        line.LineWidth = width;
    }

    /// <summary>Converts the chart to SVG that keeps its proportions at any width.</summary>
    public static string ToSvg(Plot plot, int width, int height)
    {
        string box = string.Create(CultureInfo.InvariantCulture, $"<svg viewBox=\"0 0 {width} {height}\" ");
        return plot.GetSvgXml(width, height)
            .Replace("<svg ", box, StringComparison.Ordinal)
            .Replace($"\"{Font}\"", $"\"{Font}, Verdana, sans-serif\"", StringComparison.Ordinal);
    }
}
