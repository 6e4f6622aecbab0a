using System.Globalization;

namespace ActorP2P.PeerBenchmarks;

/// <summary>The options of a run.</summary>
/// <param name="Systems">The systems to measure.</param>
/// <param name="Measures">The names of the measures to take.</param>
/// <param name="Repetitions">The number of samples that count.</param>
/// <param name="Directory">The directory for table, JSON and charts; null when they are not saved.</param>
internal sealed record PeerOptions(
    IReadOnlyList<PeerSystem> Systems, IReadOnlyList<string> Measures, int Repetitions, string? Directory)
{
    /// <summary>Reads a command line; null when it is not valid.</summary>
    public static PeerOptions? Parse(IReadOnlyList<string> arguments)
    {
        PeerOptions options = new(PeerSystem.All, PeerMeasures.Names, Repetitions: 5, Directory: null);
        for (int i = 0; i < arguments.Count; i += 2)
        {
            string? value = i + 1 < arguments.Count ? arguments[i + 1] : null;
            switch (arguments[i])
            {
                case "--only" when value?.Split(',') is { } names
                    && names.All(static name => PeerSystem.Find(name) is not null):
                    options = options with { Systems = [.. names.Select(name => PeerSystem.Find(name)!)] };
                    break;
                case "--measure" when value?.Split(',') is { } names && names.All(PeerMeasures.Names.Contains):
                    options = options with { Measures = names };
                    break;
                case "--repetitions" when int.TryParse(
                    value, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number > 0:
                    options = options with { Repetitions = number };
                    break;
                case "--out" when value is not null:
                    options = options with { Directory = value };
                    break;
                default:
                    return null;
            }
        }

        return options;
    }
}
