namespace ActorP2P.Simulation;

/// <summary>What one direction between two hosts is like. All chances are drawn from a stream of the direction's own.</summary>
public sealed record LinkConditions
{
    /// <summary>The least latency: with less, cause and effect could share an instant and their order would be arbitrary.</summary>
    public static readonly TimeSpan LeastLatency = TimeSpan.FromMicroseconds(1);

    /// <summary>Time one way. 10 ms: two cities of one country.</summary>
    public TimeSpan Latency { get; init; } = TimeSpan.FromMilliseconds(10);

    /// <summary>Up to so much is added to the latency of each segment. Segments of one connection never overtake each other.</summary>
    public TimeSpan Jitter { get; init; }

    /// <summary>Bytes per second, first in, first out, over all connections between the two; null is without limit.</summary>
    public long? BytesPerSecond { get; init; }

    /// <summary>The chance, 0 to 1, that a segment is lost. TCP sends it again, so that a loss is a delay.</summary>
    public double Loss { get; init; }

    /// <summary>How long a lost segment takes to be sent again, doubled each time: Linux's least, TCP_RTO_MIN.</summary>
    public TimeSpan RetransmitAfter { get; init; } = TimeSpan.FromMilliseconds(200);

    /// <summary>The chance, 0 to 1, that a segment makes something between the two reset the connection.</summary>
    public double Resets { get; init; }

    /// <summary>The chance, 0 to 1, that a connect is refused although somebody listens.</summary>
    public double Refusals { get; init; }

    /// <summary>The longest segment in bytes. Small ones cut frames at all places; the default is what costs least.</summary>
    public int SegmentBytes { get; init; } = 64 * 1024;

    /// <summary>Bytes on their way or unread by the receiver, for each connection. About what a kernel gives a new socket.</summary>
    public int WindowBytes { get; init; } = 256 * 1024;

    /// <summary>Checks the values.</summary>
    /// <exception cref="ArgumentException">One makes no sense; the message names it.</exception>
    internal LinkConditions Validated()
    {
        Require(Latency >= LeastLatency, nameof(Latency), "at least a microsecond");
        Require(Jitter >= TimeSpan.Zero, nameof(Jitter), "zero or more");
        Require(BytesPerSecond is null or > 0, nameof(BytesPerSecond), "null, or more than zero");
        Require(Loss is >= 0 and < 1, nameof(Loss), "0 to less than 1");
        Require(RetransmitAfter > TimeSpan.Zero, nameof(RetransmitAfter), "more than zero");
        Require(Resets is >= 0 and <= 1, nameof(Resets), "0 to 1");
        Require(Refusals is >= 0 and <= 1, nameof(Refusals), "0 to 1");
        Require(SegmentBytes > 0, nameof(SegmentBytes), "more than zero");
        Require(WindowBytes >= SegmentBytes, nameof(WindowBytes), "at least a segment");
        return this;
    }

    private static void Require(bool holds, string name, string allowed)
    {
        if (!holds)
        {
            throw new ArgumentException($"{name} must be {allowed}.", name);
        }
    }
}
