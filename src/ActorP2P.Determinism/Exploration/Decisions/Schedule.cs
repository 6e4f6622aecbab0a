using System.Collections.Immutable;
using System.Globalization;
using System.Text;

namespace ActorP2P.Determinism;

/// <summary>
/// A run that can be played again: the seed of its world, and the decisions that differ from the plain order. Its
/// text has the form <c>SEED</c> or <c>SEED;t/user/a#3=5;d/user/a&gt;/user/b#1=2</c>.
/// </summary>
internal sealed record Schedule(ulong Seed, ImmutableArray<Decision> Decisions)
{
    private const char Separator = ';';
    private const char Number = '#';
    private const char Equal = '=';
    private const string Kinds = "tpdlcw";

    /// <summary>Reads the text of a schedule.</summary>
    /// <exception cref="FormatException">It is no schedule; the message names the part.</exception>
    public static Schedule Parse(string text)
    {
        string[] parts = text.Split(Separator, StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        if (parts.Length == 0
            || !ulong.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out ulong seed))
        {
            throw new FormatException($"'{text}' is no schedule: it does not begin with a seed, a number of 64 bits.");
        }
        return new Schedule(seed, [.. parts.Skip(1).Select(ParseDecision)]);
    }

    /// <inheritdoc/>
    public override string ToString()
    {
        StringBuilder text = new(Seed.ToString(CultureInfo.InvariantCulture));
        foreach (Decision decision in Decisions)
        {
            DecisionKey key = decision.Key;
            text.Append(Separator).Append((char)key.Kind).Append(key.Subject).Append(Number)
                .Append(CultureInfo.InvariantCulture, $"{key.Ordinal}").Append(Equal)
                .Append(CultureInfo.InvariantCulture, $"{decision.Value}");
        }
        return text.ToString();
    }

    private static Decision ParseDecision(string part)
    {
        int equal = part.LastIndexOf(Equal);
        int number = equal < 0 ? -1 : part.LastIndexOf(Number, equal);
        if (number < 1 || !Kinds.Contains(part[0], StringComparison.Ordinal)
            || !IsNumber(part.AsSpan(number + 1, equal - number - 1), out int ordinal)
            || !IsNumber(part.AsSpan(equal + 1), out int value))
        {
            throw new FormatException($"'{part}' is no decision of a schedule, such as t/user/worker#3=5.");
        }
        return new Decision(new DecisionKey((DecisionKind)part[0], part[1..number], ordinal), value);
    }

    private static bool IsNumber(ReadOnlySpan<char> text, out int number) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);
}
