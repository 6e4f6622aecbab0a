namespace ActorP2P.Simulation;

/// <summary>What one part of a world has counted. The figures of a run are the sums of all parts.</summary>
internal sealed record RunFigures
{
    public long Frames { get; init; }

    public long Bytes { get; init; }

    /// <summary>The bytes of all hosts, in all their lives.</summary>
    public long BytesSent { get; init; }

    public long MostHeldBytes { get; init; }

    /// <summary>Followed broadcasts. All parts count all of them.</summary>
    public int Broadcasts { get; init; }

    /// <summary>The possible deliveries.</summary>
    public int Expected { get; init; }

    /// <summary>The times of the deliveries in ticks, the shortest first.</summary>
    public IReadOnlyList<long> Delays { get; init; } = [];

    public long FirstCopies { get; init; }

    public long FurtherCopies { get; init; }

    public int Asks { get; init; }

    public int Answered { get; init; }

    public int AsksEnded { get; init; }

    public int Streams { get; init; }

    public int StreamsCompleted { get; init; }

    public SortedDictionary<string, int> Reasons { get; init; } = new(StringComparer.Ordinal);

    public IReadOnlyList<string> Seen { get; init; } = [];

    /// <summary>The traces of the nodes of the part, by their numbers.</summary>
    public SortedDictionary<int, ulong> Traces { get; init; } = [];

    /// <summary>The steps of the part.</summary>
    public long Events { get; init; }

    /// <summary>The figures of all parts together.</summary>
    public static RunFigures Sum(IReadOnlyList<RunFigures> parts) => parts is [var whole] ? whole : new RunFigures
    {
        Frames = parts.Sum(static part => part.Frames),
        Bytes = parts.Sum(static part => part.Bytes),
        BytesSent = parts.Sum(static part => part.BytesSent),
        MostHeldBytes = parts.Max(static part => part.MostHeldBytes),
        Broadcasts = parts.Max(static part => part.Broadcasts),
        Expected = parts.Sum(static part => part.Expected),
        Delays = [.. parts.SelectMany(static part => part.Delays).Order()],
        FirstCopies = parts.Sum(static part => part.FirstCopies),
        FurtherCopies = parts.Sum(static part => part.FurtherCopies),
        Asks = parts.Sum(static part => part.Asks),
        Answered = parts.Sum(static part => part.Answered),
        AsksEnded = parts.Sum(static part => part.AsksEnded),
        Streams = parts.Sum(static part => part.Streams),
        StreamsCompleted = parts.Sum(static part => part.StreamsCompleted),
        Reasons = new SortedDictionary<string, int>(
            parts.SelectMany(static part => part.Reasons).GroupBy(static reason => reason.Key)
                .ToDictionary(static reason => reason.Key, static reason => reason.Sum(static one => one.Value)),
            StringComparer.Ordinal),
        Seen = [.. parts.SelectMany(static part => part.Seen).Distinct().Order(StringComparer.Ordinal)],
        Traces = new SortedDictionary<int, ulong>(parts.SelectMany(static part => part.Traces).ToDictionary()),
        Events = parts.Sum(static part => part.Events),
    };

    /// <summary>The result that the figures make.</summary>
    public ScenarioResult ToResult(string scenario, ulong seed, int nodes) => new()
    {
        Scenario = scenario,
        Seed = seed,
        Frames = Frames,
        Bytes = Bytes,
        BytesPerNode = BytesSent / nodes,
        MostHeldBytes = MostHeldBytes,
        Broadcasts = Broadcasts,
        Reach = Share(Delays.Count, Expected),
        DeliveryP50 = At(0.50),
        DeliveryP90 = At(0.90),
        DeliveryP99 = At(0.99),
        DeliveryMax = At(1),
        Copies = FirstCopies == 0 ? 0 : (double)(FirstCopies + FurtherCopies) / FirstCopies,
        Asks = Asks,
        Answered = Share(Answered, Asks),
        AsksEnded = Share(AsksEnded, Asks),
        Streams = Streams,
        Streamed = Share(StreamsCompleted, Streams),
        Reasons = Reasons,
        Seen = Seen,
    };

    private static double Share(int count, int all) => all == 0 ? 1 : (double)count / all;

    private TimeSpan At(double share) => Delays.Count == 0
        ? TimeSpan.Zero
        : new TimeSpan(Delays[Math.Min(Delays.Count - 1, (int)Math.Ceiling(share * Delays.Count) - 1)]);
}
