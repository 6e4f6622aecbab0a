namespace ActorP2P.Determinism;

/// <summary>
/// Determines the timeout that a caller asked for. The runtime's own waits spin first, and then
/// block for the rest of the timeout by the real clock. Virtual time must not depend on that rest.
/// </summary>
internal static class AskedTimeout
{
    private const int Second = 1_000;

    /// <summary>The milliseconds that spinning may have taken when its start is unknown.</summary>
    private const int LikelySpin = 100;

    /// <summary>The units of usual timeouts, in milliseconds, the roundest first.</summary>
    private static readonly int[] s_round = [60 * Second, 10 * Second, Second, 500, 100, 50, 10];

    [ThreadStatic]
    private static long t_began;

    /// <summary>A wait for a task begins on this thread.</summary>
    public static void Begin() => t_began = Environment.TickCount64;

    /// <summary>The wait is over.</summary>
    public static void End() => t_began = 0;

    /// <summary>The roundest timeout of which spinning can have left this rest.</summary>
    /// <param name="left">The rest in milliseconds; negative for an infinite timeout.</param>
    public static int Of(int left)
    {
        long spun = t_began > 0 ? Environment.TickCount64 - t_began + 1 : Math.Min(LikelySpin, left / 10);
        // A wait that fails does not report its end.
        t_began = 0;
        if (left <= 0 || left > int.MaxValue - spun - (60 * Second))
        {
            return left;
        }
        long most = left + spun;
        foreach (int unit in s_round)
        {
            long candidate = most / unit * unit;
            if (candidate >= left)
            {
                return (int)candidate;
            }
        }
        return left;
    }
}
