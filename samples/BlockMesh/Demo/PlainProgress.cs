using System.Globalization;

namespace BlockMesh.Demo;

/// <summary>
/// Shows the progress as plain lines, for logs and pipes: one when something changed, at most two a second. If the
/// nodes do not fit in one line, the line summarises them.
/// </summary>
public sealed class PlainProgress(TextWriter output, TimeProvider time) : IProgress<MeshProgress>
{
    // Long enough for the five nodes of the demo with all their figures.
    private const int MaxLine = 300;

    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(500);

    private string? _last;
    private long _lastAt;

    /// <inheritdoc/>
    public void Report(MeshProgress value)
    {
        ArgumentNullException.ThrowIfNull(value);
        string line = string.Join(" | ", value.Nodes.Select(Describe));
        line = line.Length <= MaxLine ? line : ProgressSummary.Describe(value);
        bool done = value.Nodes.All(node => node.LargeBlock);
        if (line == _last || (_last is not null && !done && time.GetElapsedTime(_lastAt) < Interval))
        {
            return;
        }

        output.WriteLine(line);
        _last = line;
        _lastAt = time.GetTimestamp();
    }

    private static string Describe(NodeProgress node) => string.Create(
        CultureInfo.InvariantCulture,
        $"{node.Name}: {node.Headers} headers, {node.Blocks} "
        + $"blocks{(node.LargeBlock ? ", large block" : string.Empty)}");
}
