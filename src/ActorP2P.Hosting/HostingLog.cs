using Microsoft.Extensions.Logging;

namespace ActorP2P.Hosting;

/// <summary>What the library logs. Event ids 2000 to 2999 are this assembly's.</summary>
internal static partial class HostingLog
{
    [LoggerMessage(2000, LogLevel.Warning,
        "The host's time to stop was over before the node '{Name}' had said goodbye to all its peers.")]
    public static partial void NotStoppedInTime(ILogger logger, string name);
}
