using System.Globalization;
using ActorP2P.Protocol;

namespace ActorP2P.Simulation;

/// <summary>The limits of a scenario's figures; null for no limit.</summary>
public sealed record Expectations
{
    /// <summary>The least share of the possible deliveries of all broadcasts that must happen: 0 to 1.</summary>
    public double? Reach { get; init; }

    /// <summary>The longest time that half of the deliveries may take.</summary>
    public TimeSpan? DeliveryP50 { get; init; }

    /// <summary>The longest time that 90 of 100 deliveries may take.</summary>
    public TimeSpan? DeliveryP90 { get; init; }

    /// <summary>The longest time that 99 of 100 deliveries may take.</summary>
    public TimeSpan? DeliveryP99 { get; init; }

    /// <summary>The longest time that any delivery may take.</summary>
    public TimeSpan? DeliveryMax { get; init; }

    /// <summary>The most copies of a broadcast that a node may receive on average.</summary>
    public double? Copies { get; init; }

    /// <summary>The least share of the asks that must be answered: 0 to 1.</summary>
    public double? Answered { get; init; }

    /// <summary>The least share of the asks that must end, with or without an answer: 0 to 1.</summary>
    public double? AsksEnded { get; init; }

    /// <summary>The least share of the streams that must be read to their end: 0 to 1.</summary>
    public double? Streamed { get; init; }

    /// <summary>The most bytes that a node may send on average.</summary>
    public long? BytesPerNode { get; init; }

    /// <summary>The most bytes that any node may hold for its peers, once a second.</summary>
    public long? Memory { get; init; }

    /// <summary>
    /// Reasons for each of which at least one connection must have ended, so that a fault really happened.
    /// </summary>
    public IReadOnlyList<DisconnectReason> Reasons { get; init; } = [];

    /// <summary>
    /// What must happen with at least one of the seeds: names of nodes' events such as <c>PeerRefused</c>, of events of
    /// the network such as <c>TimedOut</c>, and what checkers call <see cref="Checker.Sometimes"/> with.
    /// </summary>
    public IReadOnlyList<string> Sometimes { get; init; } = [];

    /// <summary>What <see cref="Sometimes"/> lists and none of the results has seen.</summary>
    public IReadOnlyList<string> NeverSeen(IEnumerable<ScenarioResult> results)
    {
        ArgumentNullException.ThrowIfNull(results);
        HashSet<string> seen = [.. results.SelectMany(static result => result.Seen)];
        return [.. Sometimes.Where(what => !seen.Contains(what))];
    }

    /// <summary>Every expectation of one run, whether it is met or not.</summary>
    internal IEnumerable<ExpectedFigure> Compare(ScenarioResult result) =>
    [
        .. Least("reach", result.Reach, Reach),
        .. Most("delivery-p50", result.DeliveryP50, DeliveryP50),
        .. Most("delivery-p90", result.DeliveryP90, DeliveryP90),
        .. Most("delivery-p99", result.DeliveryP99, DeliveryP99),
        .. Most("delivery-max", result.DeliveryMax, DeliveryMax),
        .. Copies is { } copies
            ? [new ExpectedFigure("copies", Text(result.Copies), $"{Text(copies)} or less", result.Copies <= copies)]
            : Array.Empty<ExpectedFigure>(),
        .. Least("answered", result.Answered, Answered),
        .. Least("asks-ended", result.AsksEnded, AsksEnded),
        .. Least("streamed", result.Streamed, Streamed),
        .. Most("bytes-per-node", result.BytesPerNode, BytesPerNode),
        .. Most("memory", result.MostHeldBytes, Memory),
        .. Reasons.Select(reason => new ExpectedFigure(
            $"reasons: {reason}", $"{result.Reasons.GetValueOrDefault(reason.ToString())} connections",
            "at least one", result.Reasons.ContainsKey(reason.ToString()))),
    ];

    private static IEnumerable<ExpectedFigure> Least(string name, double figure, double? least)
    {
        if (least is { } limit)
        {
            yield return new ExpectedFigure(name, Share(figure), $"{Share(limit)} or more", figure >= limit);
        }
    }

    private static IEnumerable<ExpectedFigure> Most(string name, TimeSpan figure, TimeSpan? most)
    {
        if (most is { } limit)
        {
            yield return new ExpectedFigure(name, $"{figure:c}", $"{limit:c} or less", figure <= limit);
        }
    }

    private static IEnumerable<ExpectedFigure> Most(string name, long figure, long? most)
    {
        if (most is { } limit)
        {
            yield return new ExpectedFigure(name, $"{figure} bytes", $"{limit} bytes or less", figure <= limit);
        }
    }

    private static string Share(double share) => share.ToString("P2", CultureInfo.InvariantCulture);

    private static string Text(double number) => number.ToString("0.00", CultureInfo.InvariantCulture);
}
