namespace ActorP2P.Cli.Terminal;

/// <summary>
/// A table of text that is as narrow as it must be: columns that do not fit are left out by their rank, and the last
/// one that remains is cut.
/// </summary>
internal sealed class TextTable(params IReadOnlyList<TextColumn> columns)
{
    private const string Gap = "  ";

    private readonly List<string[]> _rows = [];

    /// <summary>Adds a row with a cell for each column.</summary>
    public void Add(params string[] cells)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(cells.Length, columns.Count);
        _rows.Add(cells);
    }

    /// <summary>The lines of the table, the first of them its titles.</summary>
    public IReadOnlyList<string> Lines(int width)
    {
        int[] widths = [.. columns.Select((column, at) => _rows
            .Select(row => row[at].Length).Append(column.Title.Length).Max())];
        List<int> shown = [.. Enumerable.Range(0, columns.Count)];
        while (shown.Count > 1 && WidthOf(shown, widths) > width)
        {
            shown.Remove(shown.MaxBy(at => columns[at].Rank));
        }

        return [.. _rows.Prepend([.. columns.Select(static column => column.Title)])
            .Select(row => Cut(string.Join(Gap, shown.Select(at => columns[at].IsNumber
                ? row[at].PadLeft(widths[at])
                : row[at].PadRight(widths[at]))).TrimEnd(), width))];
    }

    private static int WidthOf(List<int> shown, int[] widths) =>
        shown.Sum(at => widths[at]) + (Gap.Length * (shown.Count - 1));

    /// <summary>A line that is not wider than allowed.</summary>
    public static string Cut(string line, int width) => line.Length <= width ? line : $"{line[..(width - 1)]}…";
}
