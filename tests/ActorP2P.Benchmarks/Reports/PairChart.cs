using System.Globalization;

namespace ActorP2P.Benchmarks;

/// <summary>The node beside its baseline: two columns for each figure, with the range of the samples.</summary>
internal static class PairChart
{
    private const int Left = 70;
    private const int Top = 70;
    private const int Height = 240;
    private const int ColumnWidth = 36;
    private const int GroupWidth = 120;
    private const int GridLines = 4;

    /// <summary>Draws a chart.</summary>
    /// <param name="title">What it shows.</param>
    /// <param name="unit">What the height counts.</param>
    /// <param name="columns">The figures, with a word for each.</param>
    public static string Draw(string title, string unit, IReadOnlyList<(string Word, Figure Figure)> columns)
    {
        double most = columns.Max(column => Math.Max(column.Figure.Node.Max(), column.Figure.Raw.Max()));
        int right = Left + (columns.Count * GroupWidth);
        SvgCanvas canvas = new(right + 30, Top + Height + 40);
        canvas.Text(16, 24, title, size: 16);
        Legend(canvas, Left, "node", SvgCanvas.Node);
        Legend(canvas, Left + 80, "raw", SvgCanvas.Raw);
        for (int i = 0; i <= GridLines; i++)
        {
            double value = most * i / GridLines;
            double y = Y(value / most);
            canvas.Line(Left, y, right, y, SvgCanvas.Faint);
            canvas.Text(Left - 6, y + 4, value.ToString("0", CultureInfo.InvariantCulture), "end", 11);
        }

        canvas.Text(Left - 6, Top - 14, unit, "end", 11);
        for (int i = 0; i < columns.Count; i++)
        {
            double middle = Left + ((i + 0.5) * GroupWidth);
            Column(canvas, middle - ColumnWidth - 2, columns[i].Figure.Node, most, SvgCanvas.Node);
            Column(canvas, middle + 2, columns[i].Figure.Raw, most, SvgCanvas.Raw);
            canvas.Text(middle, Top + Height + 20, columns[i].Word, "middle");
        }

        return canvas.ToString();
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
