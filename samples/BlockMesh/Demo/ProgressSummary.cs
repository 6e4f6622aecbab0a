using System.Globalization;

namespace BlockMesh.Demo;

/// <summary>Describes the progress of a run in numbers and words that fit a given width.</summary>
public static class ProgressSummary
{
    // The stages: headers, blocks, and the block that is broadcast.
    private const double Stages = 3;

    /// <summary>
    /// The share of the work that is done, from 0 to 1. Headers, blocks and the large block count a third each. There
    /// are sixty times as many headers as blocks, so a common count would be nearly complete before the first block
    /// arrives.
    /// </summary>
    public static double ShareOf(NodeProgress node, MeshProgress all)
    {
        ArgumentNullException.ThrowIfNull(all);
        double parts = Share(node.Headers, all.TotalHeaders) + Share(node.Blocks, all.TotalBlocks);
        return (parts + (node.LargeBlock ? 1 : 0)) / Stages;
    }

    /// <summary>The share of the work of all nodes that is done, from 0 to 1.</summary>
    public static double ShareOf(MeshProgress all)
    {
        ArgumentNullException.ThrowIfNull(all);
        return all.Nodes.Count == 0 ? 0 : all.Nodes.Average(node => ShareOf(node, all));
    }

    /// <summary>One line that summarises all nodes; its length does not depend on their number.</summary>
    public static string Describe(MeshProgress all)
    {
        ArgumentNullException.ThrowIfNull(all);
        int large = all.Nodes.Count(node => node.LargeBlock);
        int complete = all.Nodes.Count(node => ShareOf(node, all) >= 1);
        return string.Create(CultureInfo.InvariantCulture,
            $"{complete} of {all.Nodes.Count} nodes done; at least {Least(all, node => node.Headers)} headers, "
            + $"{Least(all, node => node.Blocks)} blocks each; {large} large blocks");
    }

    /// <summary>The text, cut to a width with an ellipsis.</summary>
    public static string Cut(string text, int width)
    {
        ArgumentNullException.ThrowIfNull(text);
        return text.Length <= width ? text : $"{text.AsSpan(0, Math.Max(0, width - 1))}…";
    }

    private static double Share(int held, int total) => total == 0 ? 1 : Math.Min(1, (double)held / total);

    private static int Least(MeshProgress all, Func<NodeProgress, int> count) =>
        all.Nodes.Count == 0 ? 0 : all.Nodes.Min(count);
}
