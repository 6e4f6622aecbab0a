using System.Globalization;

namespace ActorP2P.Benchmarks;

/// <summary>
/// The node beside its baseline: two columns for each figure, with the range of the samples, and what the aim, a part of the
/// baseline, comes to.
/// </summary>
internal static class PairChart
{
    private const int Left = 70;
    private const int Top = 70;
    private const int Height = 240;
    private const int ColumnWidth = 36;
    private const int GroupWidth = 120;

    // Title and legend have room, however few groups there are.
    private const int LeastWidth = 420;
    private const int MostGridLines = 6;

    /// <summary>Draws a chart.</summary>
    /// <param name="title">What it shows.</param>
    /// <param name="unit">What the height counts.</param>
    /// <param name="columns">The figures, with a word for each.</param>
    public static string Draw(string title, string unit, IReadOnlyList<(string Word, Figure Figure)> columns)
    {
        double step = Step(columns.Max(column => Math.Max(column.Figure.Node.Max(), column.Figure.Raw.Max())), out int steps);
        double most = step * steps;
        int right = Left + (columns.Count * GroupWidth);
        SvgCanvas canvas = new(Math.Max(right + 30, LeastWidth), Top + Height + 40);
        canvas.Text(16, 24, title, size: 16);
        Legend(canvas, Left, "node", SvgCanvas.Node);
        Legend(canvas, Left + 80, "raw", SvgCanvas.Raw);
        for (int i = 0; i <= steps; i++)
        {
            double y = Y(i * step / most);
            canvas.Line(Left, y, right, y, SvgCanvas.Faint);
            canvas.Text(Left - 6, y + 4, (i * step).ToString("0.##", CultureInfo.InvariantCulture), "end", 11);
        }

        if (columns.Any(column => Aim.Of(column.Figure) is { OfRatio: true }))
        {
            canvas.Line(Left + 160, 42, Left + 172, 42, SvgCanvas.Ink, 3);
            canvas.Text(Left + 178, 46, "aim");
        }

        canvas.Text(Left - 6, Top - 14, unit, "end", 11);
        for (int i = 0; i < columns.Count; i++)
        {
            double middle = Left + ((i + 0.5) * GroupWidth);
            Column(canvas, middle - ColumnWidth - 2, columns[i].Figure.Node, most, SvgCanvas.Node);
            Column(canvas, middle + 2, columns[i].Figure.Raw, most, SvgCanvas.Raw);
            if (Aim.Of(columns[i].Figure) is { OfRatio: true } aim)
            {
                double y = Y(aim.Bound * Quantile.Of(columns[i].Figure.Raw, 0.5) / most);
                canvas.Line(middle - ColumnWidth - 6, y, middle + 2, y, SvgCanvas.Ink, 3);
            }

            canvas.Text(middle, Top + Height + 20, columns[i].Word, "middle");
        }

        return canvas.ToString();
    }

    /// <summary>The least round distance of lines of which few reach up to the most.</summary>
    private static double Step(double most, out int steps)
    {
        double ten = Math.Pow(10, Math.Floor(Math.Log10(most)) - 1);
        double step = new[] { 1, 2, 5, 10, 20, 50 }.Select(times => times * ten).First(step => most <= step * MostGridLines);
        steps = (int)Math.Ceiling(most / step);
        return step;
    }

    private static void Legend(SvgCanvas canvas, double x, string word, string colour)
    {
        canvas.Box(x, 36, 12, 12, colour);
        canvas.Text(x + 18, 46, word);
    }

    private static void Column(SvgCanvas canvas, double x, IReadOnlyList<double> samples, double most, string colour)
    {
        double y = Y(Quantile.Of(samples, 0.5) / most);
        double middle = x + (ColumnWidth / 2.0);
        canvas.Box(x, y, ColumnWidth, Top + Height - y, colour);
        canvas.Line(middle, Y(samples.Min() / most), middle, Y(samples.Max() / most), SvgCanvas.Ink);
    }

    private static double Y(double share) => Top + (Height * (1 - share));
}
