using System.Globalization;
using Spectre.Console;

namespace BlockMesh.Demo;

/// <summary>
/// Shows the progress on a terminal: one bar for each node, or one bar for all nodes if the terminal has too few rows.
/// </summary>
/// <param name="context">The context that shows the bars.</param>
/// <param name="width">The width of a line in characters.</param>
/// <param name="height">The number of lines of the terminal.</param>
public sealed class LiveProgress(ProgressContext context, int width, int height) : IProgress<MeshProgress>
{
    // The empty lines above and below the bars, and the cursor's line.
    private const int OtherLines = 3;

    // The width of the percentage, and of the space between columns.
    private const int Percentage = 6;
    private const int ShortestBar = 10;
    private const int LongestBar = 40;

    private readonly List<ProgressTask> _bars = [];

    /// <summary>Shows the bars while <paramref name="run"/> runs.</summary>
    public static Task<MeshResult> ShowAsync(IAnsiConsole console, Func<IProgress<MeshProgress>, Task<MeshResult>> run)
    {
        ArgumentNullException.ThrowIfNull(console);
        ArgumentNullException.ThrowIfNull(run);
        int width = console.Profile.Width;
        List<ProgressColumn> columns = [new TaskDescriptionColumn { Alignment = Justify.Left }, new PercentageColumn()];
        if (BarIn(width) is > 0 and int bar)
        {
            columns.Insert(1, new ProgressBarColumn { Width = bar });
        }

        return console.Progress().AutoClear(false).Columns([.. columns])
            .StartAsync(context => run(new LiveProgress(context, width, console.Profile.Height)));
    }

    /// <inheritdoc/>
    public void Report(MeshProgress value)
    {
        ArgumentNullException.ThrowIfNull(value);
        bool one = value.Nodes.Count > height - OtherLines;
        for (int i = _bars.Count; i < (one ? 1 : value.Nodes.Count); i++)
        {
            _bars.Add(context.AddTask("…", maxValue: 1));
        }

        if (one)
        {
            Show(_bars[0], ProgressSummary.Describe(value), ProgressSummary.ShareOf(value));
            return;
        }

        for (int i = 0; i < value.Nodes.Count; i++)
        {
            Show(_bars[i], Describe(value.Nodes[i]), ProgressSummary.ShareOf(value.Nodes[i], value));
        }
    }

    // The bar gets the width that the text leaves. If that is too little, there is no bar.
    private static int BarIn(int width)
    {
        int bar = Math.Min(LongestBar, (width - Percentage) / 3);
        return bar < ShortestBar ? 0 : bar;
    }

    private static string Describe(NodeProgress node) => string.Create(
        CultureInfo.InvariantCulture,
        $"{node.Name} {node.Headers} headers {node.Blocks} blocks{(node.LargeBlock ? " large" : string.Empty)}");

    private void Show(ProgressTask bar, string text, double share)
    {
        int room = width - Percentage - (BarIn(width) is > 0 and int length ? length + 1 : 0);
        bar.Description = Markup.Escape(ProgressSummary.Cut(text, Math.Max(1, room)));
        bar.Value = share;
    }
}
