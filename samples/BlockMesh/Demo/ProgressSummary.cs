using System.Globalization;

namespace BlockMesh.Demo;

/// <summary>How far a run is, in numbers and words, at whatever width there is.</summary>
public static class ProgressSummary
{
    // Headers, blocks, and the block that is broadcast.
    private const double Stages = 3;

    /// <summary>
    /// The share of the work that is done, from 0 to 1. Headers, blocks and the large block count a third each: there
    /// are sixty times as many headers as blocks, and a bar of both together would be full before the first block has
    /// come.
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

    /// <summary>One line of all nodes together; it is short however many there are.</summary>
    public static string Describe(MeshProgress all)
    {
        ArgumentNullException.ThrowIfNull(all);
        int large = all.Nodes.Count(node => node.LargeBlock);
        int complete = all.Nodes.Count(node => ShareOf(node, all) >= 1);
        return string.Create(CultureInfo.InvariantCulture,
            $"{complete} of {all.Nodes.Count} nodes done; at least {Least(all, node => node.Headers)} headers, "
            + $"{Least(all, node => node.Blocks)} blocks each; {large} large blocks");
    }

    /// <summary>A text cut to a width, with an ellipsis where something is missing.</summary>
    public static string Cut(string text, int width)
    {
        ArgumentNullException.ThrowIfNull(text);
        return text.Length <= width ? text : $"{text.AsSpan(0, Math.Max(0, width - 1))}…";
    }

    private static double Share(int held, int total) => total == 0 ? 1 : Math.Min(1, (double)held / total);

    private static int Least(MeshProgress all, Func<NodeProgress, int> count) =>
        all.Nodes.Count == 0 ? 0 : all.Nodes.Min(count);
}
