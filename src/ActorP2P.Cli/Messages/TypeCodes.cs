using System.Globalization;

namespace ActorP2P.Cli.Messages;

/// <summary>Message types as users write them: four hexadecimal digits, and ranges of them.</summary>
internal static class TypeCodes
{
    /// <summary>The most types at a time: the most broadcasts that a hello can list.</summary>
    public const int Max = BroadcastTypes.MaxListed;

    private const ushort First = 0x0100;

    /// <summary>One type.</summary>
    /// <exception cref="UsageException">It is none.</exception>
    public static ushort Parse(string text)
    {
        ReadOnlySpan<char> digits = text.AsSpan().Trim();
        digits = digits.StartsWith("0x", StringComparison.OrdinalIgnoreCase) ? digits[2..] : digits;
        return ushort.TryParse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out ushort type)
            && type >= First ? type
            : throw new UsageException($"'{text}' is no message type; allowed: four hexadecimal digits, 0100 to ffff.");
    }

    /// <summary>Several types and ranges of types: <c>0101,0200-02ff</c>.</summary>
    /// <exception cref="UsageException">One of them is none, or they are too many.</exception>
    public static IReadOnlyList<ushort> ParseAll(IEnumerable<string> texts)
    {
        SortedSet<ushort> types = [];
        foreach (string text in texts.SelectMany(
            static text => text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)))
        {
            string[] ends = text.Split('-');
            ushort from = Parse(ends[0]);
            ushort to = Parse(ends[^1]);
            if (ends.Length > 2 || to < from || to - from >= Max)
            {
                throw new UsageException($"'{text}' is no range of at most {Max} message types, such as 0200-02ff.");
            }

            for (int type = from; type <= to; type++)
            {
                types.Add((ushort)type);
            }
        }

        return types.Count <= Max ? [.. types]
            : throw new UsageException($"There are {types.Count} message types; allowed: at most {Max}.");
    }
}
