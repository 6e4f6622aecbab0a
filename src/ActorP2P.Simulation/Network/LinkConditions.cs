namespace ActorP2P.Simulation;

/// <summary>The conditions of one direction between two hosts. Each direction draws from a stream of its own.</summary>
public sealed record LinkConditions
{
    /// <summary>
    /// The smallest latency. With less, cause and effect could happen at the same time, in an arbitrary order.
    /// </summary>
    public static readonly TimeSpan LeastLatency = TimeSpan.FromMicroseconds(1);

    /// <summary>The time one way. 10 ms is typical of two cities in one country.</summary>
    public TimeSpan Latency { get; init; } = TimeSpan.FromMilliseconds(10);

    /// <summary>
    /// The most that is added to the latency of each segment. Segments of one connection never overtake each other.
    /// </summary>
    public TimeSpan Jitter { get; init; }

    /// <summary>
    /// Bytes per second for all connections between the two hosts, first in, first out; null for no limit.
    /// </summary>
    public long? BytesPerSecond { get; init; }

    /// <summary>The probability, 0 to 1, that a segment is lost. TCP sends it again, so a loss is a delay.</summary>
    public double Loss { get; init; }

    /// <summary>
    /// The time until a lost segment is sent again, doubled each time. Linux's smallest value, TCP_RTO_MIN.
    /// </summary>
    public TimeSpan RetransmitAfter { get; init; } = TimeSpan.FromMilliseconds(200);

    /// <summary>The probability, 0 to 1, that the network resets the connection when a segment is sent.</summary>
    public double Resets { get; init; }

    /// <summary>The probability, 0 to 1, that a connect is refused although there is a listener.</summary>
    public double Refusals { get; init; }

    /// <summary>The longest segment in bytes. Short ones cut frames at many places; the default costs least.</summary>
    public int SegmentBytes { get; init; } = 64 * 1024;

    /// <summary>The bytes of a connection that may be sent and unread. About the buffer of a new socket.</summary>
    public int WindowBytes { get; init; } = 256 * 1024;

    /// <summary>
    /// Whether new connections begin with TCP's slow start: ten segments of 1,460 bytes at first, and twice as much
    /// with each round trip, up to the window. Without it, a new connection sends a whole window at once.
    /// </summary>
    public bool SlowStart { get; init; }

    /// <summary>Checks the values.</summary>
    /// <exception cref="ArgumentException">A value is not valid; the message names it and what is allowed.</exception>
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
