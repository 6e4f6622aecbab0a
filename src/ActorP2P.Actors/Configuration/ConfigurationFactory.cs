namespace ActorP2P.Actors;

/// <summary>Reads configuration.</summary>
public static class ConfigurationFactory
{
    /// <summary>A configuration without values.</summary>
    public static Config Empty => Config.Empty;

    /// <summary>Reads HOCON text.</summary>
    /// <exception cref="ConfigurationException">The text is malformed; the message names line and column.</exception>
    public static Config ParseString(string hocon) => new(new HoconParser(hocon).Parse());
}
