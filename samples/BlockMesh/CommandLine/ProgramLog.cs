using Microsoft.Extensions.Logging;

namespace BlockMesh.CommandLine;

/// <summary>The log messages of the program itself.</summary>
internal static partial class ProgramLog
{
    [LoggerMessage(200, LogLevel.Error, "The program failed.")]
    public static partial void Failed(ILogger logger, Exception problem);
}
