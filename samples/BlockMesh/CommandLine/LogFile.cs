using System.Globalization;
using Microsoft.Extensions.Logging;
using Serilog;
using Serilog.Debugging;
using Serilog.Events;
using Serilog.Extensions.Logging;

namespace BlockMesh.CommandLine;

/// <summary>
/// Logging by Serilog: everything to a file, warnings also to standard error, there without stack traces.
/// </summary>
public static class LogFile
{
    private const string LineTemplate =
        "{Timestamp:yyyy-MM-dd HH:mm:ss.fff} {Level:u3} {SourceContext}: {Message:lj}{NewLine}";

    /// <summary>Opens the log; dispose the factory to write what is left.</summary>
    public static ILoggerFactory Open(string path)
    {
        // What goes wrong with logging itself has no other place to be told.
        SelfLog.Enable(Console.Error);
        Serilog.Core.Logger logger = new LoggerConfiguration()
            .MinimumLevel.Debug()
            .WriteTo.File(
                path, outputTemplate: LineTemplate + "{Exception}", formatProvider: CultureInfo.InvariantCulture)
            .WriteTo.Console(
                restrictedToMinimumLevel: LogEventLevel.Warning,
                outputTemplate: LineTemplate,
                formatProvider: CultureInfo.InvariantCulture,
                standardErrorFromLevel: LogEventLevel.Verbose)
            .CreateLogger();
        return new SerilogLoggerFactory(logger, dispose: true);
    }
}
