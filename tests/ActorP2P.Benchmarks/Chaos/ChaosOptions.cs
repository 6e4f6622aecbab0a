using System.Globalization;

namespace ActorP2P.Benchmarks;

/// <summary>What a chaos run was asked for.</summary>
/// <param name="Duration">How long it may last; the first round is always played to its end.</param>
/// <param name="Seed">The order of the faults comes from here.</param>
/// <param name="Bug">A bug to be found.</param>
/// <param name="Kinds">The kinds of fault; all of them, unless some were named.</param>
internal sealed record ChaosOptions(TimeSpan Duration, int Seed, PlantedBug Bug, IReadOnlyList<ChaosFault> Kinds)
{
    /// <summary>What carries the nodes' bytes; with several the nodes take turns.</summary>
    public IReadOnlyList<TransportKind> Transports { get; init; } = [BenchTransport.Kind];

    /// <summary>How often each kind of fault has to happen: once in two minutes, and once at least.</summary>
    public int Least => Math.Max(1, (int)(Duration.TotalMinutes / 2));

    /// <summary>Reads the arguments behind the verb; null where they are none.</summary>
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
