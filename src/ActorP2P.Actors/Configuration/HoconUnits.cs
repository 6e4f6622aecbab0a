using System.Globalization;

namespace ActorP2P.Actors;

/// <summary>Durations and sizes with their units.</summary>
internal static class HoconUnits
{
    public static bool TryDuration(string text, out TimeSpan value)
    {
        value = Timeout.InfiniteTimeSpan;
        if (text is "infinite" or "off")
        {
            return true;
        }
        if (!Split(text, out double number, out string unit) || number < 0)
        {
            return false;
        }
        double milliseconds = unit switch
        {
            "ns" or "nano" or "nanos" or "nanosecond" or "nanoseconds" => 0.000001,
            "us" or "micro" or "micros" or "microsecond" or "microseconds" => 0.001,
            "" or "ms" or "milli" or "millis" or "millisecond" or "milliseconds" => 1,
            "s" or "second" or "seconds" => 1_000,
            "m" or "minute" or "minutes" => 60_000,
            "h" or "hour" or "hours" => 3_600_000,
            "d" or "day" or "days" => 86_400_000,
            _ => double.NaN,
        };
        if (double.IsNaN(milliseconds) || number * milliseconds >= TimeSpan.MaxValue.TotalMilliseconds)
        {
            return false;
        }
        value = new TimeSpan((long)Math.Round(number * milliseconds * TimeSpan.TicksPerMillisecond));
        return true;
    }

    public static bool TrySize(string text, out long value)
    {
        value = 0;
        if (!Split(text, out double number, out string unit) || number < 0)
        {
            return false;
        }
        double factor = unit switch
        {
            "" or "B" or "b" or "byte" or "bytes" => 1,
            "kB" or "kilobyte" or "kilobytes" => 1e3,
            "MB" or "megabyte" or "megabytes" => 1e6,
            "GB" or "gigabyte" or "gigabytes" => 1e9,
            "TB" or "terabyte" or "terabytes" => 1e12,
            "K" or "k" or "Ki" or "KiB" or "kibibyte" or "kibibytes" => 1024d,
            "M" or "m" or "Mi" or "MiB" or "mebibyte" or "mebibytes" => 1024d * 1024,
            "G" or "g" or "Gi" or "GiB" or "gibibyte" or "gibibytes" => 1024d * 1024 * 1024,
            "T" or "t" or "Ti" or "TiB" or "tebibyte" or "tebibytes" => 1024d * 1024 * 1024 * 1024,
            _ => double.NaN,
        };
        if (double.IsNaN(factor) || number * factor >= long.MaxValue)
        {
            return false;
        }
        value = (long)(number * factor);
        return true;
    }

    private static bool Split(string text, out double number, out string unit)
    {
        int end = 0;
        while (end < text.Length && (char.IsAsciiDigit(text[end]) || text[end] is '.' or '-' or '+'))
        {
            end++;
        }
        unit = text[end..].Trim();
        return double.TryParse(text.AsSpan(0, end), NumberStyles.Float, CultureInfo.InvariantCulture, out number);
    }
}
