using BlockMesh.Chain;
using BlockMesh.Demo;
using BlockMesh.Mesh;
using Microsoft.Extensions.Logging;
using Spectre.Console;

namespace BlockMesh.CommandLine;

/// <summary>Runs several nodes in one process. It shows their progress, then a table and a last line.</summary>
/// <param name="options">The options of the command line.</param>
/// <param name="loggers">The factory of the nodes' loggers.</param>
/// <param name="console">The console for the output.</param>
/// <param name="described">The nodes that a file describes; null for five nodes in a line.</param>
public sealed class DemoCommand(
    MeshOptions options, ILoggerFactory loggers, IAnsiConsole console,
    IReadOnlyList<ChainNodeSettings>? described = null)
{
    // The width of the table when the output is not a terminal.
    private const int WidthWithoutTerminal = 120;

    /// <summary>Runs until the end.</summary>
    /// <returns>The exit code.</returns>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        var settings = new MeshSettings
        {
            Data = described?.FirstOrDefault(node => node.Source is not null)?.Source
                ?? SourceData.Load(options.DataDirectory),
            Described = described,
            Pace = options.Pace,
            Timeout = options.Timeout,
        };
        TextWriter output = console.Profile.Out.Writer;
        MeshResult result;
        if (console.Profile.Capabilities.Interactive && console.Profile.Out.IsTerminal)
        {
            result = await LiveProgress.ShowAsync(console, progress => RunAsync(settings, progress, cancellationToken));
        }
        else
        {
            console.Profile.Width = WidthWithoutTerminal;
            result = await RunAsync(settings, new PlainProgress(output, TimeProvider.System), cancellationToken);
        }

        console.Write(ReportTable.Make(result, console.Profile.Width));
        await output.WriteLineAsync(result.Summary);
        await output.FlushAsync(CancellationToken.None);
        return result.Succeeded ? ExitCodes.Done
            : cancellationToken.IsCancellationRequested ? ExitCodes.Interrupted
            : ExitCodes.Failed;
    }

    private async Task<MeshResult> RunAsync(
        MeshSettings settings, IProgress<MeshProgress> progress, CancellationToken cancellationToken)
    {
        await using var run = new MeshRun(settings, loggers, progress);
        return await run.RunAsync(cancellationToken);
    }
}
