using System.Globalization;

namespace ActorP2P.Determinism;

/// <summary>Virtual time as diagrams show it.</summary>
internal static class DiagramTime
{
    /// <summary>Hours, minutes, seconds and milliseconds; microseconds where there are some.</summary>
    public static string Of(TimeSpan time)
    {
        string format = time.Ticks % TimeSpan.TicksPerMillisecond == 0 ? @"hh\:mm\:ss\.fff" : @"hh\:mm\:ss\.ffffff";
        string clock = time.ToString(format, CultureInfo.InvariantCulture);
        return time.Days == 0 ? clock : string.Create(CultureInfo.InvariantCulture, $"{time.Days}.{clock}");
    }
}
