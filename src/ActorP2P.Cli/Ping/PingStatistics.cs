namespace ActorP2P.Cli.Ping;

/// <summary>The round trips of pings so far, of which it keeps sums only: a command may ping for days.</summary>
internal sealed class PingStatistics
{
    // The sum of the squares of the distances from the mean, by Welford's method.
    private double _squares;

    /// <summary>Pings that were sent, answered or not.</summary>
    public int Sent { get; set; }

    public int Received { get; private set; }

    /// <summary>The share of pings without an answer, in per cent.</summary>
    public double LossPercent => Sent == 0 ? 0 : 100.0 * (Sent - Received) / Sent;

    /// <summary>The shortest round trip in milliseconds; 0 without one.</summary>
    public double Min { get; private set; }

    /// <summary>The mean of the round trips in milliseconds; 0 without one.</summary>
    public double Average { get; private set; }

    /// <summary>The longest round trip in milliseconds; 0 without one.</summary>
    public double Max { get; private set; }

    /// <summary>The standard deviation in milliseconds, which ping calls mdev.</summary>
    public double Deviation => Received == 0 ? 0 : Math.Sqrt(_squares / Received);

    public void Add(TimeSpan roundTrip)
    {
        double time = roundTrip.TotalMilliseconds;
        Min = Received == 0 ? time : Math.Min(Min, time);
        Max = Math.Max(Max, time);
        Received++;
        double distance = time - Average;
        Average += distance / Received;
        _squares += distance * (time - Average);
    }
}
