using Microsoft.Extensions.Logging;
using LogLevel = Microsoft.Extensions.Logging.LogLevel;

namespace ActorP2P;

/// <summary>What reading settings logs. The numbers from 1050 on are its own.</summary>
internal static partial class SettingsLog
{
    [LoggerMessage(1050, LogLevel.Warning, "The configuration has an unknown key: {Unknown}")]
    public static partial void UnknownKey(ILogger log, UnknownSetting unknown);
}
