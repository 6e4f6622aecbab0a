using System.Globalization;

namespace ActorP2P.Simulation;

/// <summary>Writes figures for people.</summary>
internal static class Figures
{
    private static readonly string[] s_sizes = ["B", "KiB", "MiB", "GiB", "TiB"];

    /// <summary>A size in bytes, in the largest unit of which it has one.</summary>
    public static string Bytes(double bytes)
    {
        int unit = 0;
        while (bytes >= 1024 && unit < s_sizes.Length - 1)
        {
            bytes /= 1024;
            unit++;
        }

        return $"{Number(bytes)} {s_sizes[unit]}";
    }

    /// <summary>A time in seconds or milliseconds.</summary>
    public static string Time(TimeSpan time) =>
        time >= TimeSpan.FromSeconds(1) ? Seconds(time.TotalSeconds) : $"{Number(time.TotalMilliseconds)} ms";

    /// <summary>A number of seconds.</summary>
    public static string Seconds(double seconds) => $"{Number(seconds)} s";

    /// <summary>A number of milliseconds.</summary>
    public static string Milliseconds(double milliseconds) => $"{Number(milliseconds)} ms";

    /// <summary>A number with at most two decimals.</summary>
    public static string Number(double number) => number.ToString("#,0.##", CultureInfo.InvariantCulture);

    /// <summary>A share of 0 to 1 in per cent.</summary>
    public static string Share(double share) => $"{Number(share * 100)} %";
}
