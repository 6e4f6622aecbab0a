using System.Globalization;

namespace ActorP2P.Determinism;

/// <summary>What the environment says of explorations.</summary>
internal static class ExplorationVariables
{
    private const ulong DefaultSeed = 1;

    /// <summary>The seed of the environment, or 1.</summary>
    /// <exception cref="FormatException">The variable is no number of 64 bits.</exception>
    public static ulong Seed => Environment.GetEnvironmentVariable(Explore.SeedVariable) is { Length: > 0 } text
        ? ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out ulong seed)
            ? seed
            : throw new FormatException($"{Explore.SeedVariable} is '{text}', which is not a number of 64 bits.")
        : DefaultSeed;

    /// <summary>The schedule of the environment; null for none.</summary>
    public static string? Replay => Environment.GetEnvironmentVariable(Explore.ReplayVariable);

    /// <summary>Reads a schedule, or the file that it names.</summary>
    public static Schedule ReadSchedule(string text) =>
        Schedule.Parse(text.StartsWith('@') ? File.ReadAllText(text[1..]) : text);
}
