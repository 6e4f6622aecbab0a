using System.Globalization;
using Spectre.Console;

namespace BlockMesh.Demo;

/// <summary>
/// The table at the end of a run. If it does not fit the width, the least important columns are left out.
/// </summary>
public static class ReportTable
{
    // The width of Spectre's simple border between columns, and once at the end.
    private const int Padding = 3;
    private const int Edge = 1;

    // Shorter names would not distinguish the nodes.
    private const int ShortestName = 6;

    // In the order of the table, each with its rank.
    private static readonly ReportColumn[] s_columns =
    [
        new("headers", 5, node => Number(node.Headers)),
        new("blocks", 6, node => Number(node.Blocks)),
        new("large", 4, node => node.LargeBlock ? "yes" : "no"),
        new("tx", 4, node => node.Transaction ? "yes" : "no"),
        new("bytes in", 2, node => Number(node.BytesReceived)),
        new("bytes out", 2, node => Number(node.BytesSent)),
        new("synced", 3, node => node.SettledAfter is { } time
            ? $"{time.TotalSeconds.ToString("0.00", CultureInfo.InvariantCulture)} s"
            : "never"),
        new("duplicates", 1, node => Number(node.Duplicates)),
    ];

    /// <summary>Makes a row for each node.</summary>
    /// <param name="result">The result of the run.</param>
    /// <param name="width">The width of a line in characters.</param>
    public static Table Make(MeshResult result, int width)
    {
        ArgumentNullException.ThrowIfNull(result);
        int name = result.Nodes.Select(node => node.Name.Length).Append("node".Length).Max();
        List<ReportColumn> columns = [.. s_columns];
        while (columns.Count > 0 && WidthOf(columns, result, Math.Min(name, ShortestName)) > width)
        {
            int first = columns.Min(column => column.Rank);
            columns.RemoveAll(column => column.Rank == first);
        }

        int room = Math.Max(1, width - WidthOf(columns, result, name: 0));
        Table table = new Table().Border(TableBorder.Simple).AddColumn(new TableColumn("node").NoWrap());
        columns.ForEach(column => table.AddColumn(new TableColumn(column.Title).RightAligned().NoWrap()));
        foreach (NodeReport node in result.Nodes)
        {
            table.AddRow([
                Markup.Escape(ProgressSummary.Cut(node.Name, room)),
                .. columns.Select(column => column.Value(node)),
            ]);
        }

        return table;
    }

    private static int WidthOf(List<ReportColumn> columns, MeshResult result, int name) =>
        name + Padding + Edge + columns.Sum(column => Padding
            + result.Nodes.Select(node => column.Value(node).Length).Append(column.Title.Length).Max());

    private static string Number(long value) => value.ToString("N0", CultureInfo.InvariantCulture);
}
