using System.CommandLine;
using BlockMesh.CommandLine;
using BlockMesh.Mesh;
using Microsoft.Extensions.Logging;
using Spectre.Console;

// On Ctrl+C or SIGTERM the nodes say goodbye. The limit is longer than the library's own time limit for that.
using EndingSignal signal = new(patience: TimeSpan.FromSeconds(10));
ParseResult parsed = MeshCommand.Create((options, _) => RunAsync(options, signal.Token)).Parse(args);
int code = await parsed.InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = null });
return parsed.Errors.Count > 0 ? ExitCodes.Usage : signal.Correct(code);

static async Task<int> RunAsync(MeshOptions options, CancellationToken cancellationToken)
{
    using ILoggerFactory loggers = LogFile.Open(options.LogFile);
    try
    {
        IReadOnlyList<ChainNodeSettings>? described = options.HoconFile is null
            ? null
            : MeshFile.Load(options, loggers.CreateLogger(nameof(MeshFile)));
        return described is { Count: > 1 } || (described is null && options.NodePort is null)
            ? await new DemoCommand(options, loggers, AnsiConsole.Console, described).RunAsync(cancellationToken)
            : await new NodeCommand(options, loggers, Console.Out, described?[0]).RunAsync(cancellationToken);
    }
    catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
    {
        await Console.Out.WriteLineAsync("FAILED: interrupted");
        return ExitCodes.Interrupted;
    }
    catch (Exception e)
    {
        ProgramLog.Failed(loggers.CreateLogger<Program>(), e);
        await Console.Out.WriteLineAsync($"FAILED: {e.Message}");
        return ExitCodes.Failed;
    }
}
