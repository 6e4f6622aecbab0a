using System.Globalization;

namespace ActorP2P.Benchmarks;

/// <summary>The options of a chaos run.</summary>
/// <param name="Duration">The longest duration. The first round is always completed.</param>
/// <param name="Seed">The seed from which the order of the faults is drawn.</param>
/// <param name="Bug">The bug that is planted into the nodes.</param>
/// <param name="Kinds">The kinds of fault to cause; all kinds unless the command line names some.</param>
internal sealed record ChaosOptions(TimeSpan Duration, int Seed, PlantedBug Bug, IReadOnlyList<ChaosFault> Kinds)
{
    /// <summary>The transports of the nodes; when there are several, the nodes take turns.</summary>
    public IReadOnlyList<TransportKind> Transports { get; init; } = [BenchTransport.Kind];

    /// <summary>How often each kind of fault has to happen: once for every two minutes, and at least once.</summary>
    public int Least => Math.Max(1, (int)(Duration.TotalMinutes / 2));

    /// <summary>Reads the arguments that follow the verb; null when they are not valid.</summary>
    public static ChaosOptions? Parse(IReadOnlyList<string> arguments)
    {
        ChaosOptions options = new(TimeSpan.Zero, Environment.TickCount, PlantedBug.None, Enum.GetValues<ChaosFault>());
        if (arguments.Count % 2 != 0)
        {
            return null;
        }

        for (int i = 0; i < arguments.Count; i += 2)
        {
            if (options.With(arguments[i], arguments[i + 1]) is not { } next)
            {
                return null;
            }

            options = next;
        }

        return options.Duration > TimeSpan.Zero ? options : null;
    }

    private ChaosOptions? With(string name, string value)
    {
        switch (name)
        {
            case "--minutes" when IsNumber(value, out double minutes):
                return this with { Duration = TimeSpan.FromMinutes(minutes) };
            case "--seconds" when IsNumber(value, out double seconds):
                return this with { Duration = TimeSpan.FromSeconds(seconds) };
            case "--seed" when int.TryParse(value, CultureInfo.InvariantCulture, out int seed):
                return this with { Seed = seed };
            case "--plant" when Enum.TryParse(
                value.Replace("-", "", StringComparison.Ordinal), ignoreCase: true, out PlantedBug bug):
                return this with { Bug = bug };
            case "--only":
                ChaosFault[] kinds = [.. Enum.GetValues<ChaosFault>().Where(
                    kind => value.Split(',').Contains($"{kind}", StringComparer.OrdinalIgnoreCase))];
                return kinds.Length > 0 ? this with { Kinds = kinds } : null;
            default:
                return null;
        }
    }

    private static bool IsNumber(string text, out double number) =>
        double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out number) && number > 0;
}
