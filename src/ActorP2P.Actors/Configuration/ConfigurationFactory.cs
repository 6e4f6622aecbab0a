namespace ActorP2P.Actors;

/// <summary>Reads configuration in HOCON, by Lightbend's specification.</summary>
public static class ConfigurationFactory
{
    /// <summary>A configuration without values.</summary>
    public static Config Empty => Config.Empty;

    /// <summary>Reads HOCON text.</summary>
    /// <exception cref="ConfigurationException">The text is malformed; the message names line and column.</exception>
    public static Config ParseString(string hocon) => ParseString(hocon, HoconOptions.Default);

    /// <summary>Reads HOCON text within other bounds than the default ones.</summary>
    /// <exception cref="ConfigurationException">The text is malformed; the message names line and column.</exception>
    public static Config ParseString(string hocon, HoconOptions options)
    {
        ArgumentNullException.ThrowIfNull(hocon);
        ArgumentNullException.ThrowIfNull(options);
        return Of(new HoconLoad(options).Text(hocon));
    }

    /// <summary>Reads a HOCON file, and the files it includes: relative names are relative to the file that has the statement.</summary>
    /// <exception cref="ConfigurationException">
    /// A file cannot be read or is malformed; the message names file, line and column. Nothing of it is loaded then.
    /// </exception>
    public static Config FromFile(string filePath) => FromFile(filePath, HoconOptions.Default);

    /// <summary>Reads a HOCON file, and the files it includes, within other bounds than the default ones.</summary>
    /// <exception cref="ConfigurationException">
    /// A file cannot be read or is malformed; the message names file, line and column. Nothing of it is loaded then.
    /// </exception>
    public static Config FromFile(string filePath, HoconOptions options)
    {
        ArgumentException.ThrowIfNullOrEmpty(filePath);
        ArgumentNullException.ThrowIfNull(options);
        return Of(new HoconLoad(options).File(filePath));
    }

    private static Config Of(HoconValue root) => root is HoconObject @object
        ? new Config(@object)
        : throw new ConfigurationException("The configuration is a list where an object is needed.");
}
