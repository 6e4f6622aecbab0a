namespace ActorP2P;

/// <summary>A key of a configuration that is no setting: most often a slip of the pen, which would else go unnoticed.</summary>
/// <param name="Path">The key, with the sections it is in.</param>
/// <param name="Nearest">The setting whose name is most like it; null when none is.</param>
public sealed record UnknownSetting(string Path, string? Nearest)
{
    /// <summary>The warning in words.</summary>
    public override string ToString() =>
        Nearest is null ? $"{Path} is no setting." : $"{Path} is no setting; is {Nearest} meant?";
}
