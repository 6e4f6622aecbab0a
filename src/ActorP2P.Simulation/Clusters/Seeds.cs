using System.Globalization;

namespace ActorP2P.Simulation;

/// <summary>The seeds to run.</summary>
public static class Seeds
{
    /// <summary>The environment variable that names the one seed to run.</summary>
    public const string Variable = "ACTORP2P_SEED";

    /// <summary>The seed that the environment asks for, or null.</summary>
    /// <exception cref="FormatException">The variable is set to a text that is not a seed.</exception>
    public static ulong? Asked
    {
        get
        {
            string? text = Environment.GetEnvironmentVariable(Variable);
            return string.IsNullOrWhiteSpace(text) ? null
                : ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out ulong seed) ? seed
                : throw new FormatException($"{Variable} is '{text}' but must be a whole number of 64 bits.");
        }
    }

    /// <summary>A number of seeds from a first one on, or the one seed that the environment asks for.</summary>
    public static IEnumerable<ulong> From(ulong first, int count) => Asked is { } asked
        ? [asked]
        : Enumerable.Range(0, count).Select(index => first + (ulong)index);
}
