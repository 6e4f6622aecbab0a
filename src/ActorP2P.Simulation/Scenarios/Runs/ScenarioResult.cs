namespace ActorP2P.Simulation;

/// <summary>The result of one run of a scenario. Runs with the same seed are equal in everything.</summary>
public sealed record ScenarioResult
{
    /// <summary>The scenario's name.</summary>
    public required string Scenario { get; init; }

    /// <summary>The seed.</summary>
    public required ulong Seed { get; init; }

    /// <summary>Why the run failed, with the last events of the nodes concerned; null when it passed.</summary>
    public string? Failure { get; init; }

    /// <summary>Whether all checks and expectations are met.</summary>
    public bool Passed => Failure is null;

    /// <summary>The virtual time of the run.</summary>
    public TimeSpan VirtualTime { get; init; }

    /// <summary>Frames that were sent.</summary>
    public long Frames { get; init; }

    /// <summary>The bytes sent by the nodes that were running at the end.</summary>
    public long Bytes { get; init; }

    /// <summary>All events combined into one number, as 16 hexadecimal digits: equal for equal runs.</summary>
    public string TraceHash { get; init; } = "";

    /// <summary>Broadcasts that were followed.</summary>
    public int Broadcasts { get; init; }

    /// <summary>
    /// The share of the possible deliveries that happened. Deliveries to nodes that ran from the sending to the end are
    /// possible. 1 without broadcasts.
    /// </summary>
    public double Reach { get; init; } = 1;

    /// <summary>The time in which half of the deliveries happened.</summary>
    public TimeSpan DeliveryP50 { get; init; }

    /// <summary>The time in which 90 of 100 deliveries happened.</summary>
    public TimeSpan DeliveryP90 { get; init; }

    /// <summary>The time in which 99 of 100 deliveries happened.</summary>
    public TimeSpan DeliveryP99 { get; init; }

    /// <summary>The time in which all deliveries happened.</summary>
    public TimeSpan DeliveryMax { get; init; }

    /// <summary>The copies of a broadcast that a node received on average; 0 without broadcasts.</summary>
    public double Copies { get; init; }

    /// <summary>The bytes that a node sent on average, in all its lives.</summary>
    public long BytesPerNode { get; init; }

    /// <summary>
    /// The most bytes that a node held for its peers, once a second; 0 if neither an expectation nor a recording asks
    /// for it.
    /// </summary>
    public long MostHeldBytes { get; init; }

    /// <summary>The asks of traffic and workloads.</summary>
    public int Asks { get; init; }

    /// <summary>The share of the asks that were answered; 1 without any.</summary>
    public double Answered { get; init; } = 1;

    /// <summary>The share of the asks that ended, with or without an answer; 1 without any.</summary>
    public double AsksEnded { get; init; } = 1;

    /// <summary>Streams of workloads.</summary>
    public int Streams { get; init; }

    /// <summary>The share of the streams that were read to their end; 1 without any.</summary>
    public double Streamed { get; init; } = 1;

    /// <summary>The number of connections that ended for each reason, counted at each end.</summary>
    public IReadOnlyDictionary<string, int> Reasons { get; init; } =
        new SortedDictionary<string, int>(StringComparer.Ordinal);

    /// <summary>
    /// How the world was spread over several members; null when one process ran it. All else does not depend on it.
    /// </summary>
    public SpreadFigures? Spread { get; init; }

    /// <summary>The kinds of events that happened, and what checkers recorded, in the order of their names.</summary>
    public IReadOnlyList<string> Seen { get; init; } = [];
}
