using Microsoft.Extensions.Logging;

namespace BlockMesh.Storage;

/// <summary>What the store writes to the log.</summary>
internal static partial class StorageLog
{
    [LoggerMessage(1, LogLevel.Information, "Store {Directory} opened: {Headers} headers, {Blocks} blocks, all verified.")]
    public static partial void Opened(ILogger logger, string directory, int headers, int blocks);

    [LoggerMessage(2, LogLevel.Warning,
        "Store {Directory}: {File} ended in a record that cannot be taken ({Cause}); cut off {Dropped} bytes, kept {Kept}. "
        + "They are set aside in {Copy}, and asked of peers again.")]
    public static partial void Cut(
        ILogger logger, string directory, string file, LogCutCause cause, long dropped, long kept, string copy);
}
