using System.Globalization;
using Spectre.Console;

namespace BlockMesh.Demo;

/// <summary>Progress as a bar for each node, on a terminal.</summary>
public sealed class LiveProgress(ProgressContext context) : IProgress<MeshProgress>
{
    private readonly List<ProgressTask> _bars = [];

    /// <summary>Shows bars while <paramref name="run"/> runs.</summary>
    public static Task<MeshResult> ShowAsync(IAnsiConsole console, Func<IProgress<MeshProgress>, Task<MeshResult>> run)
    {
        ArgumentNullException.ThrowIfNull(run);
        return console.Progress()
            .AutoClear(false)
            .Columns(new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn(), new PercentageColumn())
            .StartAsync(context => run(new LiveProgress(context)));
    }

    /// <inheritdoc/>
    public void Report(MeshProgress value)
    {
        ArgumentNullException.ThrowIfNull(value);
        for (int i = _bars.Count; i < value.Nodes.Count; i++)
        {
            // Headers, blocks, and the large block as one more step.
            _bars.Add(context.AddTask(value.Nodes[i].Name, maxValue: value.TotalHeaders + value.TotalBlocks + 1));
        }

        for (int i = 0; i < value.Nodes.Count; i++)
        {
            NodeProgress node = value.Nodes[i];
            _bars[i].Description = string.Create(
                CultureInfo.InvariantCulture,
                $"{node.Name}  {node.Headers,6} headers  {node.Blocks,3} blocks  {(node.LargeBlock ? "large block" : "           ")}");
            _bars[i].Value = node.Headers + node.Blocks + (node.LargeBlock ? 1 : 0);
        }
    }
}
