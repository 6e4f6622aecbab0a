using System.Globalization;

namespace ActorP2P.Benchmarks;

/// <summary>The options of a measuring run.</summary>
/// <param name="Set">The set of measures: all or ratios.</param>
/// <param name="Words">
/// Limits the set to measures with a figure whose name contains one of these words; an empty list keeps the whole set.
/// </param>
/// <param name="Json">
/// Whether the report is written to standard output as JSON, and the lines to standard error.
/// </param>
/// <param name="Directory">The directory for the report and the charts; null when they are not saved.</param>
/// <param name="Repetitions">The number of samples of each side; null uses the number of each measure.</param>
internal sealed record RunOptions(
    string Set, IReadOnlyList<string> Words, bool Json, string? Directory, int? Repetitions)
{
    /// <summary>Reads a command line; null when it is not valid.</summary>
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

    /// <summary>The requested measures; none when a word matches no figure.</summary>
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
