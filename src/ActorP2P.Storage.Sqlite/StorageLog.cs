using Microsoft.Extensions.Logging;

namespace ActorP2P;

/// <summary>The log messages of this assembly. Its event ids are 3000 to 3999.</summary>
internal static partial class StorageLog
{
    [LoggerMessage(3000, LogLevel.Error,
        "The store {Path} is damaged and was renamed to {SetAside}; the node starts with an empty one: {Detail}")]
    public static partial void SetAside(ILogger logger, string path, string setAside, string detail);
}
