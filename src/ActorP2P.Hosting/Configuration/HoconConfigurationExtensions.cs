using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.FileProviders;

namespace ActorP2P.Hosting;

/// <summary>Adds files in HOCON to the configuration of a host.</summary>
public static class HoconConfigurationExtensions
{
    /// <summary>
    /// Adds a file in HOCON. What is added after it goes above it, and so do environment variables that are added after
    /// it. A path of the file such as <c>actorp2p.lobby.network-id</c> is the key <c>actorp2p:lobby:network-id</c>;
    /// a list has its items under <c>0</c>, <c>1</c> and so on; a value stays the text that it is in the file.
    /// </summary>
    /// <param name="builder">The configuration.</param>
    /// <param name="path">The file, relative to the configuration's base path.</param>
    /// <param name="optional">Whether the file may be missing.</param>
    /// <param name="reloadOnChange">
    /// Whether the file and those that it includes are read again when they change. A file that is broken then leaves
    /// the settings as they were, which is logged as an error.
    /// </param>
    /// <exception cref="ArgumentException">The path is empty.</exception>
    /// <exception cref="FileNotFoundException">The file is missing, and not optional.</exception>
    /// <exception cref="InvalidDataException">
    /// The file cannot be read or is malformed; the message names file, line and column.
    /// </exception>
    public static IConfigurationBuilder AddHoconFile(
        this IConfigurationBuilder builder, string path, bool optional = false, bool reloadOnChange = false)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        return builder.Add(new HoconConfigurationSource
        {
            Path = path,
            Optional = optional,
            ReloadOnChange = reloadOnChange,
        });
    }
}
