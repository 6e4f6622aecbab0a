namespace ActorP2P.Hocon;

/// <summary>Durations, periods and sizes: a number with or without a unit.</summary>
internal static class HoconUnits
{
    // Powers beyond eight (yotta, yobi) are not in the specification.
    private const string SizePrefixes = "kMGTPEZY";

    private static readonly string[] s_decimalNames = ["kilo", "mega", "giga", "tera", "peta", "exa", "zetta", "yotta"];
    private static readonly string[] s_binaryNames = ["kibi", "mebi", "gibi", "tebi", "pebi", "exbi", "zebi", "yobi"];

    /// <summary>
    /// A duration to the nearest tick (100 ns). A number without a unit means milliseconds. Akka's <c>infinite</c> is
    /// allowed.
    /// </summary>
    public static bool TryDuration(string text, out TimeSpan value)
    {
        value = Timeout.InfiniteTimeSpan;
        if (text is "infinite" or "off")
        {
            return true;
        }
        if (!TrySplit(text, out decimal number, out ReadOnlySpan<char> unit) || number < 0)
        {
            return false;
        }
        decimal ticks = unit switch
        {
            "ns" or "nano" or "nanos" or "nanosecond" or "nanoseconds" => 1m / TimeSpan.NanosecondsPerTick,
            "us" or "micro" or "micros" or "microsecond" or "microseconds" => TimeSpan.TicksPerMicrosecond,
            "" or "ms" or "milli" or "millis" or "millisecond" or "milliseconds" => TimeSpan.TicksPerMillisecond,
            "s" or "second" or "seconds" => TimeSpan.TicksPerSecond,
            "m" or "minute" or "minutes" => TimeSpan.TicksPerMinute,
            "h" or "hour" or "hours" => TimeSpan.TicksPerHour,
            "d" or "day" or "days" => TimeSpan.TicksPerDay,
            _ => 0,
        };
        if (ticks == 0 || number > TimeSpan.MaxValue.Ticks / ticks)
        {
            return false;
        }
        value = new TimeSpan((long)decimal.Round(number * ticks, MidpointRounding.AwayFromZero));
        return true;
    }

    /// <summary>A calendar period. A number without a unit means days.</summary>
    public static bool TryPeriod(string text, out HoconPeriod value)
    {
        value = default;
        if (!TrySplit(text, out decimal number, out ReadOnlySpan<char> unit) || number != decimal.Truncate(number)
            || number is < int.MinValue / 7 or > int.MaxValue / 7)
        {
            return false;
        }
        int count = (int)number;
        HoconPeriod? period = unit switch
        {
            "" or "d" or "day" or "days" => new HoconPeriod(0, 0, count),
            "w" or "week" or "weeks" => new HoconPeriod(0, 0, count * 7),
            "m" or "mo" or "month" or "months" => new HoconPeriod(0, count, 0),
            "y" or "year" or "years" => new HoconPeriod(count, 0, 0),
            _ => null,
        };
        value = period ?? default;
        return period is not null;
    }

    /// <summary>A size in bytes, rounded down. A number without a unit means bytes.</summary>
    public static bool TrySize(string text, out long value)
    {
        value = 0;
        if (!TrySplit(text, out decimal number, out ReadOnlySpan<char> unit) || number < 0)
        {
            return false;
        }
        decimal factor = SizeFactor(unit);
        if (factor == 0 || number > long.MaxValue / factor)
        {
            return false;
        }
        decimal size = decimal.Floor(number * factor);
        value = size <= long.MaxValue ? (long)size : 0;
        return size <= long.MaxValue;
    }

    /// <summary>The bytes of a unit; zero when the unit is unknown.</summary>
    private static decimal SizeFactor(ReadOnlySpan<char> unit)
    {
        if (unit is "" or "B" or "b" or "byte" or "bytes")
        {
            return 1;
        }
        for (int i = 0; i < SizePrefixes.Length; i++)
        {
            char letter = SizePrefixes[i];
            char upper = char.ToUpperInvariant(letter);
            bool isLetter = char.ToUpperInvariant(unit[0]) == upper;
            if ((isLetter && unit[0] == letter && unit[1..] is "B") || IsByteName(unit, s_decimalNames[i]))
            {
                return Power(1000, i + 1);
            }
            // In the specification a single letter, lower or upper case, is a power of two, as in Java and GNU tools.
            if ((isLetter && (unit.Length == 1 || (unit[0] == upper && unit[1..] is "i" or "iB")))
                || IsByteName(unit, s_binaryNames[i]))
            {
                return Power(1024, i + 1);
            }
        }
        return 0;
    }

    private static bool IsByteName(ReadOnlySpan<char> unit, string prefix) =>
        unit.StartsWith(prefix) && unit[prefix.Length..] is "byte" or "bytes";

    private static decimal Power(decimal factor, int power)
    {
        decimal value = 1;
        for (int i = 0; i < power; i++)
        {
            value *= factor;
        }
        return value;
    }

    /// <summary>Splits a text into its number and its unit; white space may surround both.</summary>
    private static bool TrySplit(string text, out decimal number, out ReadOnlySpan<char> unit)
    {
        ReadOnlySpan<char> trimmed = text.AsSpan();
        while (trimmed.Length > 0 && HoconCharacters.IsWhitespace(trimmed[0]))
        {
            trimmed = trimmed[1..];
        }
        while (trimmed.Length > 0 && HoconCharacters.IsWhitespace(trimmed[^1]))
        {
            trimmed = trimmed[..^1];
        }
        int end = trimmed.Length;
        while (end > 0 && char.IsLetter(trimmed[end - 1]))
        {
            end--;
        }
        unit = trimmed[end..];
        while (end > 0 && HoconCharacters.IsWhitespace(trimmed[end - 1]))
        {
            end--;
        }
        return HoconNumber.TryDecimal(trimmed[..end].ToString(), out number);
    }
}
