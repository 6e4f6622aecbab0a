using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace ActorP2P.Hosting;

/// <summary>What the library logs. Event ids 2000 to 2999 are this assembly's.</summary>
internal static partial class HostingLog
{
    /// <summary>The library's logger in a host; null when the host has no logging.</summary>
    public static ILogger? For(IServiceProvider provider) =>
        provider.GetService<ILoggerFactory>()?.CreateLogger("ActorP2P.Hosting");

    [LoggerMessage(2000, LogLevel.Warning,
        "The host's time to stop was over before the node '{Name}' had said goodbye to all its peers.")]
    public static partial void NotStoppedInTime(ILogger logger, string name);

    [LoggerMessage(2001, LogLevel.Error, "{File} was not reloaded, and the settings before hold: {Detail}")]
    public static partial void NotReloaded(ILogger logger, string file, string detail);

    [LoggerMessage(2002, LogLevel.Error,
        "New settings of the node '{Name}' are not allowed, and those before hold: {Detail}")]
    public static partial void SettingsRefused(ILogger logger, string name, string detail);

    [LoggerMessage(2003, LogLevel.Information, "The node '{Name}' has taken new settings: {Settings}")]
    public static partial void SettingsApplied(ILogger logger, string name, string settings);

    [LoggerMessage(2004, LogLevel.Warning,
        "Settings of the node '{Name}' have changed that hold only after a restart: {Settings}")]
    public static partial void NeedRestart(ILogger logger, string name, string settings);

    [LoggerMessage(2005, LogLevel.Warning, "The actor system's configuration has an unknown key: {Unknown}")]
    public static partial void UnknownSetting(ILogger logger, string unknown);
}
