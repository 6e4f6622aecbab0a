using System.Globalization;
using Microsoft.Extensions.Logging;
using Serilog;
using Serilog.Debugging;
using Serilog.Events;
using Serilog.Extensions.Logging;

namespace BlockMesh.CommandLine;

/// <summary>
/// Logging with Serilog: all lines go to a file, and warnings also go to standard error without stack traces.
/// </summary>
public static class LogFile
{
    private const string LineTemplate =
        "{Timestamp:yyyy-MM-dd HH:mm:ss.fff} {Level:u3} {SourceContext}: {Message:lj}{NewLine}";

    /// <summary>Opens the log. Dispose the factory to write the remaining lines.</summary>
    public static ILoggerFactory Open(string path)
    {
        // Errors of the logging itself can only be reported here.
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
