using System.Globalization;

namespace ActorP2P.Benchmarks;

/// <summary>What a run of measures was asked for.</summary>
/// <param name="Set">Which set of measures: all or ratios.</param>
/// <param name="Words">
/// Only those of the set of which a figure's name contains one of them; empty: the whole set.
/// </param>
/// <param name="Json">The report goes to standard output as JSON, and the lines to standard error.</param>
/// <param name="Directory">Where report and charts are written; null: nowhere.</param>
/// <param name="Repetitions">Samples of each side; null: what each measure says for itself.</param>
internal sealed record RunOptions(
    string Set, IReadOnlyList<string> Words, bool Json, string? Directory, int? Repetitions)
{
    /// <summary>Reads a command line; null where it is none.</summary>
    public static RunOptions? Parse(IReadOnlyList<string> arguments)
    {
        List<string> words = [];
        RunOptions options = new("all", words, Json: false, Directory: null, Repetitions: null);
        for (int i = 0; i < arguments.Count; i++)
        {
            string? next = i + 1 < arguments.Count ? arguments[i + 1] : null;
            switch (arguments[i])
            {
                case "all" or "ratios" when i == 0:
                    options = options with { Set = arguments[0] };
                    break;
                case "--json":
                    options = options with { Json = true };
                    break;
                case "--out" when next is not null:
                    options = options with { Directory = next };
                    i++;
                    break;
                case "--repetitions" when int.TryParse(
                    next, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number > 0:
                    options = options with { Repetitions = number };
                    i++;
                    break;
                case ['-', ..]:
                    return null;
                default:
                    words.Add(arguments[i]);
                    break;
            }
        }

        return arguments.Count == 0 ? null : options;
    }

    /// <summary>The measures that were asked for; none where a word names none.</summary>
    public IReadOnlyList<Measure> Choose(ServerProcess server)
    {
        IReadOnlyList<Measure> set = Set switch
        {
            "ratios" => MeasureList.Vital(server),
            _ => MeasureList.All(server),
        };
        return set.Named(Words);
    }
}
