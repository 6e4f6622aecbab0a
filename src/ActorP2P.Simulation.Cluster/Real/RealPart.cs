namespace ActorP2P.Simulation;

/// <summary>What a member found out about its share of real nodes. It travels as JSON.</summary>
internal sealed record RealPart
{
    public int Nodes { get; init; }

    public IReadOnlyList<string> Failures { get; init; } = [];

    public TimeSpan Time { get; init; }

    public long Bytes { get; init; }

    public long BytesOfAllLives { get; init; }

    public long FramesSent { get; init; }

    public long MostHeldBytes { get; init; }

    public int Broadcasts { get; init; }

    /// <summary>The deliveries that were possible.</summary>
    public long Possible { get; init; }

    /// <summary>The times that the deliveries took: the counts of a <see cref="DelayHistogram"/>.</summary>
    public SortedDictionary<int, long> Delays { get; init; } = [];

    public long FirstCopies { get; init; }

    public long FurtherCopies { get; init; }

    public int Asks { get; init; }

    public int Answered { get; init; }

    public int AsksEnded { get; init; }

    public int Streams { get; init; }

    public int Streamed { get; init; }

    public SortedDictionary<string, int> Reasons { get; init; } = new(StringComparer.Ordinal);

    public IReadOnlyList<string> Seen { get; init; } = [];

    /// <summary>Adds the parts up, and compares the sum with what the scenario expects.</summary>
    public static ScenarioResult Merge(Scenario scenario, ulong seed, IReadOnlyList<RealPart> parts)
    {
        DelayHistogram delays = new();
        SortedDictionary<string, int> reasons = new(StringComparer.Ordinal);
        foreach (RealPart part in parts)
        {
            delays.Add(part.Delays);
            foreach ((string reason, int count) in part.Reasons)
            {
                reasons[reason] = reasons.GetValueOrDefault(reason) + count;
            }
        }

        long first = parts.Sum(static part => part.FirstCopies);
        ScenarioResult result = new()
        {
            Scenario = scenario.Name,
            Seed = seed,
            VirtualTime = parts.Max(static part => part.Time),
            Frames = parts.Sum(static part => part.FramesSent),
            Bytes = parts.Sum(static part => part.Bytes),
            BytesPerNode = parts.Sum(static part => part.BytesOfAllLives) / scenario.Nodes,
            MostHeldBytes = parts.Max(static part => part.MostHeldBytes),
            Broadcasts = parts.Max(static part => part.Broadcasts),
            Reach = Share(delays.Count, parts.Sum(static part => part.Possible)),
            DeliveryP50 = delays.At(0.5),
            DeliveryP90 = delays.At(0.9),
            DeliveryP99 = delays.At(0.99),
            DeliveryMax = delays.At(1),
            Copies = first == 0 ? 0 : (double)(first + parts.Sum(static part => part.FurtherCopies)) / first,
            Asks = parts.Sum(static part => part.Asks),
            Answered = Share(parts.Sum(static part => part.Answered), parts.Sum(static part => part.Asks)),
            AsksEnded = Share(parts.Sum(static part => part.AsksEnded), parts.Sum(static part => part.Asks)),
            Streams = parts.Sum(static part => part.Streams),
            Streamed = Share(parts.Sum(static part => part.Streamed), parts.Sum(static part => part.Streams)),
            Reasons = reasons,
            Seen = [.. parts.SelectMany(static part => part.Seen).Distinct().Order(StringComparer.Ordinal)],
        };
        string[] failures =
        [
            .. parts.SelectMany(static part => part.Failures),
            .. scenario.Expect.Compare(result).Where(static one => !one.IsMet).Select(static one => $"expect: {one}"),
        ];
        return failures.Length == 0 ? result : result with { Failure = string.Join("; ", failures) };
    }

    private static double Share(long count, long all) => all == 0 ? 1 : (double)count / all;
}
