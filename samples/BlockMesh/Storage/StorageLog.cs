using Microsoft.Extensions.Logging;

namespace BlockMesh.Storage;

/// <summary>The log messages of the store.</summary>
internal static partial class StorageLog
{
    [LoggerMessage(1, LogLevel.Information,
        "Store {Directory} opened: {Headers} headers, {Blocks} blocks, all verified.")]
    public static partial void Opened(ILogger logger, string directory, int headers, int blocks);

    [LoggerMessage(2, LogLevel.Warning,
        "Store {Directory}: {File} is damaged ({Reason}). It is renamed to {Copy}, and its data is requested "
        + "from peers again.")]
    public static partial void SetAside(ILogger logger, string directory, string file, string reason, string copy);
}
