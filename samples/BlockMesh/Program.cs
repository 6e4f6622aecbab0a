using System.CommandLine;
using BlockMesh.CommandLine;
using Microsoft.Extensions.Logging;
using Spectre.Console;

// On Ctrl+C or SIGTERM the nodes say goodbye; a second longer than the library gives them for it.
var invocation = new InvocationConfiguration { ProcessTerminationTimeout = TimeSpan.FromSeconds(10) };
return await MeshCommand.Create(RunAsync).Parse(args).InvokeAsync(invocation);

static async Task<int> RunAsync(MeshOptions options, CancellationToken cancellation)
{
    using ILoggerFactory loggers = LogFile.Open(options.LogFile);
    try
    {
        return options.NodePort is null
            ? await new DemoCommand(options, loggers, AnsiConsole.Console).RunAsync(cancellation)
            : await new NodeCommand(options, loggers, Console.Out).RunAsync(cancellation);
    }
    catch (Exception e)
    {
        ProgramLog.Failed(loggers.CreateLogger<Program>(), e);
        await Console.Out.WriteLineAsync($"FAILED: {e.Message}");
        return 1;
    }
}
