namespace ActorP2P.Determinism.TestKit;

/// <summary>
/// A stopwatch that measures virtual time in a simulation, and real time elsewhere. In a class on
/// <see cref="SimulatedTestKit"/> the name <c>Stopwatch</c> means this one.
/// </summary>
public class SimulatedStopwatch
{
    private readonly TimeProvider _time = Redirects.World?.TimeProvider ?? TimeProvider.System;
    private TimeSpan _before;
    private long? _start;

    /// <summary>The number of timestamps in a second.</summary>
    public static long Frequency => TimeSpan.TicksPerSecond;

    /// <summary>Whether it is running.</summary>
    public bool IsRunning => _start is not null;

    /// <summary>The time measured so far.</summary>
    public TimeSpan Elapsed => _before + (_start is { } start ? _time.GetElapsedTime(start) : TimeSpan.Zero);

    /// <summary>The time measured so far, in whole milliseconds.</summary>
    public long ElapsedMilliseconds => (long)Elapsed.TotalMilliseconds;

    /// <summary>The time measured so far, in timestamps.</summary>
    public long ElapsedTicks => Elapsed.Ticks;

    /// <summary>Makes a stopwatch that is running.</summary>
    public static SimulatedStopwatch StartNew()
    {
        SimulatedStopwatch watch = new();
        watch.Start();
        return watch;
    }

    /// <summary>The current time, for <see cref="GetElapsedTime(long)"/>.</summary>
    public static long GetTimestamp() => (Redirects.World?.Now ?? TimeProvider.System.GetElapsedTime(0)).Ticks;

    /// <summary>The time since a timestamp.</summary>
    public static TimeSpan GetElapsedTime(long startingTimestamp) => GetElapsedTime(startingTimestamp, GetTimestamp());

    /// <summary>The time between two timestamps.</summary>
    public static TimeSpan GetElapsedTime(long startingTimestamp, long endingTimestamp) =>
        new(endingTimestamp - startingTimestamp);

    /// <summary>Starts or continues measuring.</summary>
    public void Start() => _start ??= _time.GetTimestamp();

    /// <summary>Stops measuring and keeps the time measured so far.</summary>
    public void Stop()
    {
        _before = Elapsed;
        _start = null;
    }

    /// <summary>Stops measuring and discards the time measured so far.</summary>
    public void Reset()
    {
        _before = TimeSpan.Zero;
        _start = null;
    }

    /// <summary>Discards the time measured so far and starts measuring.</summary>
    public void Restart()
    {
        Reset();
        Start();
    }
}
