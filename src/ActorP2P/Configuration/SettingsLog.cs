using Microsoft.Extensions.Logging;
using LogLevel = Microsoft.Extensions.Logging.LogLevel;

namespace ActorP2P;

/// <summary>What is logged while settings are read. It has the event numbers from 1050 on.</summary>
internal static partial class SettingsLog
{
    [LoggerMessage(1050, LogLevel.Warning, "The configuration has an unknown key: {Unknown}")]
    public static partial void UnknownKey(ILogger log, UnknownSetting unknown);
}
