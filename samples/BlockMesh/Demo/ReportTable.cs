using System.Globalization;
using Spectre.Console;

namespace BlockMesh.Demo;

/// <summary>The table at the end of a run.</summary>
public static class ReportTable
{
    /// <summary>Makes a row for each node.</summary>
    public static Table Make(MeshResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        Table table = new Table().Border(TableBorder.Simple).AddColumn("node");
        foreach (string name in new[] { "headers", "blocks", "large", "bytes in", "bytes out", "synced", "duplicates" })
        {
            table.AddColumn(new TableColumn(name).RightAligned().NoWrap());
        }

        foreach (NodeReport node in result.Nodes)
        {
            table.AddRow(
                node.Name,
                Number(node.Headers),
                Number(node.Blocks),
                node.LargeBlock ? "yes" : "no",
                Number(node.BytesReceived),
                Number(node.BytesSent),
                node.SettledAfter is { } time ? $"{time.TotalSeconds.ToString("0.00", CultureInfo.InvariantCulture)} s" : "never",
                Number(node.Duplicates));
        }

        return table;
    }

    private static string Number(long value) => value.ToString("N0", CultureInfo.InvariantCulture);
}
