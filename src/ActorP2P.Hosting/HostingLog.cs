using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace ActorP2P.Hosting;

/// <summary>The log messages of this assembly. Its event ids are 2000 to 2999.</summary>
internal static partial class HostingLog
{
    /// <summary>Returns the library's logger; null if the host has no logging.</summary>
    public static ILogger? For(IServiceProvider provider) =>
        provider.GetService<ILoggerFactory>()?.CreateLogger("ActorP2P.Hosting");

    [LoggerMessage(2000, LogLevel.Warning,
        "The host's shutdown timeout expired before the node '{Name}' had said goodbye to all its peers.")]
    public static partial void NotStoppedInTime(ILogger logger, string name);

    [LoggerMessage(2001, LogLevel.Error, "{File} was not reloaded; the previous settings stay in force: {Detail}")]
    public static partial void NotReloaded(ILogger logger, string file, string detail);

    [LoggerMessage(2002, LogLevel.Error,
        "New settings of the node '{Name}' are invalid; the previous ones stay in force: {Detail}")]
    public static partial void SettingsRefused(ILogger logger, string name, string detail);

    [LoggerMessage(2003, LogLevel.Information, "The node '{Name}' has applied new settings: {Settings}")]
    public static partial void SettingsApplied(ILogger logger, string name, string settings);

    [LoggerMessage(2004, LogLevel.Warning,
        "Changed settings of the node '{Name}' take effect only after a restart: {Settings}")]
    public static partial void NeedRestart(ILogger logger, string name, string settings);

    [LoggerMessage(2005, LogLevel.Warning, "The actor system's configuration has an unknown key: {Unknown}")]
    public static partial void UnknownSetting(ILogger logger, string unknown);
}
