namespace ActorP2P;

/// <summary>
/// A key of a configuration that is not a setting: most often a typing error, which would otherwise go unnoticed.
/// </summary>
/// <param name="Path">The key, with the sections it is in.</param>
/// <param name="Nearest">The setting with the most similar name; null when none is similar.</param>
public sealed record UnknownSetting(string Path, string? Nearest)
{
    /// <summary>The warning as a sentence.</summary>
    public override string ToString() =>
        Nearest is null ? $"{Path} is not a setting." : $"{Path} is not a setting; did you mean {Nearest}?";
}
