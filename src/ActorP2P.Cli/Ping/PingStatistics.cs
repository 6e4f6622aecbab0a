namespace ActorP2P.Cli.Ping;

/// <summary>The round trips of pings so far.</summary>
internal sealed class PingStatistics
{
    private readonly List<double> _milliseconds = [];

    /// <summary>Pings that were sent, answered or not.</summary>
    public int Sent { get; set; }

    public int Received => _milliseconds.Count;

    /// <summary>The share of pings without an answer, in per cent.</summary>
    public double LossPercent => Sent == 0 ? 0 : 100.0 * (Sent - Received) / Sent;

    public double Min => _milliseconds.DefaultIfEmpty().Min();

    public double Average => _milliseconds.DefaultIfEmpty().Average();

    public double Max => _milliseconds.DefaultIfEmpty().Max();

    /// <summary>The standard deviation, which ping calls mdev.</summary>
    public double Deviation => Math.Sqrt(_milliseconds
        .Select(time => (time - Average) * (time - Average)).DefaultIfEmpty().Average());

    public void Add(TimeSpan roundTrip) => _milliseconds.Add(roundTrip.TotalMilliseconds);
}
