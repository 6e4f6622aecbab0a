using System.Diagnostics;
using HdrHistogram;

namespace ActorP2P.Benchmarks;

/// <summary>Many times that were measured one by one, and their quantiles with three significant digits.</summary>
internal sealed class Latencies
{
    private const int Digits = 3;

    // The times are in ticks of the stopwatch. Nothing that is measured here takes ten minutes.
    private static readonly long s_longest = 600 * Stopwatch.Frequency;

    private readonly LongHistogram _ticks = new(s_longest, Digits);

    /// <summary>The median in microseconds.</summary>
    public double Median => Microseconds(50);

    /// <summary>The 99th percentile in microseconds.</summary>
    public double Percentile99 => Microseconds(99);

    /// <summary>Records the time from a timestamp of <see cref="Stopwatch"/> until now.</summary>
    public void RecordSince(long start) => _ticks.RecordValue(Stopwatch.GetTimestamp() - start);

    /// <summary>Forgets all times.</summary>
    public void Reset() => _ticks.Reset();

    private double Microseconds(double percentile) =>
        _ticks.GetValueAtPercentile(percentile) * 1e6 / Stopwatch.Frequency;
}
