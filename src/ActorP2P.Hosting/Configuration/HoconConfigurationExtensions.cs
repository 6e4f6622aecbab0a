using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.FileProviders;

namespace ActorP2P.Hosting;

/// <summary>Adds HOCON files to a host's configuration.</summary>
public static class HoconConfigurationExtensions
{
    /// <summary>
    /// Adds a HOCON file. Sources that are added later, such as environment variables, override it. A path in the file,
    /// such as <c>actorp2p.lobby.network-id</c>, becomes the key <c>actorp2p:lobby:network-id</c>; the items of a list
    /// have the keys <c>0</c>, <c>1</c> and so on; values keep the text that they have in the file.
    /// </summary>
    /// <param name="builder">The configuration.</param>
    /// <param name="path">The file, relative to the configuration's base path.</param>
    /// <param name="optional">Whether the file may be missing.</param>
    /// <param name="reloadOnChange">
    /// Whether the file and the files that it includes are read again when they change. If the changed file is
    /// malformed, the previous settings stay in force and an error is logged.
    /// </param>
    /// <exception cref="ArgumentException">The path is empty.</exception>
    /// <exception cref="FileNotFoundException">The file is missing and is not optional.</exception>
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
