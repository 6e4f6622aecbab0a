using System.Globalization;

namespace ActorP2P.Benchmarks;

/// <summary>
/// How near the node comes to its baselines: a bar for each figure, 1 is the baseline itself, longer is better whatever the
/// figure counts. A thin line is the range of the samples, a tick the aim. What does not fit ends in an arrow.
/// </summary>
internal static class ShareChart
{
    private const int Left = 330;
    private const int Scale = 280;
    private const int Width = Left + (Scale * 3 / 2) + 60;
    private const int Top = 84;
    private const int RowHeight = 24;
    private const double Most = 1.5;

    public static string Draw(string title, IReadOnlyList<Figure> figures)
    {
        int bottom = Top + (figures.Count * RowHeight);
        SvgCanvas canvas = new(Width, bottom + 20);
        canvas.Text(16, 24, title, size: 16);
        canvas.Box(Left, 38, 12, 12, SvgCanvas.Node);
        canvas.Text(Left + 18, 48, "aim met");
        canvas.Box(Left + 90, 38, 12, 12, SvgCanvas.Missed);
        canvas.Text(Left + 108, 48, "missed");
        canvas.Line(Left + 184, 37, Left + 184, 51, SvgCanvas.Ink, 3);
        canvas.Text(Left + 194, 48, "aim");
        canvas.Line(Left + 250, 44, Left + 280, 44, SvgCanvas.Ink);
        canvas.Text(Left + 288, 48, "least and most");
        for (int tenth = 0; tenth <= 14; tenth += 2)
        {
            double x = X(tenth / 10.0);
            canvas.Line(x, Top - 6, x, bottom, tenth == 10 ? SvgCanvas.Ink : SvgCanvas.Faint);
            canvas.Text(x, Top - 10, (tenth / 10.0).ToString("0.0", CultureInfo.InvariantCulture), "middle", 11);
        }

        for (int i = 0; i < figures.Count; i++)
        {
            Row(canvas, Top + (i * RowHeight), figures[i]);
        }

        return canvas.ToString();
    }

    private static void Row(SvgCanvas canvas, int y, Figure figure)
    {
        Aim? aim = Aim.Of(figure);
        double[] shares = [.. figure.Ratios.Select(ratio => Share(figure, ratio))];
        double median = Quantile.Of(shares, 0.5);
        string colour = aim is null || aim.IsMetBy(figure) ? SvgCanvas.Node : SvgCanvas.Missed;
        canvas.Text(Left - 8, y + 16, figure.Name, "end");
        canvas.Box(Left, y + 5, X(median) - Left, RowHeight - 10, colour);
        canvas.Line(X(shares.Min()), y + 12, X(shares.Max()), y + 12, SvgCanvas.Ink);
        if (shares.Max() > Most)
        {
            canvas.Line(X(Most) - 5, y + 8, X(Most), y + 12, SvgCanvas.Ink);
            canvas.Line(X(Most) - 5, y + 16, X(Most), y + 12, SvgCanvas.Ink);
        }

        if (aim is { OfRatio: true })
        {
            double x = X(Share(figure, aim.Bound));
            canvas.Line(x, y + 2, x, y + RowHeight - 2, SvgCanvas.Ink, 3);
        }

        canvas.Text(Width - 50, y + 16, median.ToString("0.00", CultureInfo.InvariantCulture));
    }

    private static double Share(Figure figure, double ratio) => figure.MoreIsBetter ? ratio : 1 / ratio;

    private static double X(double share) => Left + (Scale * Math.Clamp(share, 0, Most));
}
