using System.Globalization;

namespace ActorP2P.Benchmarks;

/// <summary>The aim of a figure: a bound for the ratio, or for the node's own value.</summary>
/// <param name="OfRatio">Whether the bound applies to the ratio instead of the node's value.</param>
/// <param name="Bound">The inclusive bound.</param>
internal sealed record Aim(bool OfRatio, double Bound)
{
    // The table of aims. A figure without an aim only explains another figure.
    private static readonly Dictionary<string, Aim> s_all = new()
    {
        ["oneway-32B-MB/s"] = Ratio(0.5),
        ["oneway-32B-sender-alloc-B/msg"] = Value(0.5),
        ["oneway-32B-receiver-alloc-B/msg"] = Value(0.5),
        ["oneway-1KiB-MB/s"] = Ratio(0.9),
        ["oneway-1KiB-sender-alloc-B/msg"] = Value(0.5),
        ["oneway-1KiB-receiver-alloc-B/msg"] = Value(0.5),
        ["oneway-1KiB-typed-MB/s"] = Ratio(0.9),

        // The bound is the size of the message's object and its array of 1 KiB.
        ["oneway-1KiB-typed-receiver-alloc-B/msg"] = Value(1072.5),
        ["oneway-64KiB-MB/s"] = Ratio(0.95),
        ["oneway-1MiB-MB/s"] = Ratio(0.95),
        ["ask-32B-p50-us"] = Ratio(1.15),
        ["ask-32B-p99-us"] = Ratio(1.5),
        ["ask-x64-32B-k/s"] = Ratio(0.6),
        ["ask-x256-32B-k/s"] = Ratio(0.7),
        ["high-lane-p99-us"] = Value(5000),
        ["high-lane-bulk-MB/s"] = Ratio(0.9),
        ["broadcast-1KiB-x64-k/s"] = Ratio(0.9),
        ["broadcast-1KiB-x512-k/s"] = Ratio(0.9),
        ["broadcast-idle-x64-sender-cpu-ns/delivery"] = Ratio(1.15),
        ["relay-x10-1KiB-us/hop"] = Ratio(1.3),
        ["connect-k/s"] = Ratio(0.6),
        ["scale-x8-of-x1-share"] = Ratio(0.85),
        ["scale-x64-of-x1-share"] = Ratio(0.85),
        ["scale-x512-of-x1-share"] = Ratio(0.85),
        ["dial-to-reply-round-trips"] = Value(2),
        ["start-warm-ms"] = Value(10),
        ["idle-x9000-managed-B"] = Value(2560),
        ["idle-x9000-resident-B"] = Value(4096),
        ["hocon-10MiB-MB/s"] = Ratio(0.2),
    };

    /// <summary>The names of the figures that have an aim.</summary>
    public static IReadOnlyCollection<string> Names => s_all.Keys;

    /// <summary>The aim of a figure; null when it has none.</summary>
    public static Aim? Of(Figure figure) => s_all.GetValueOrDefault(figure.Name);

    /// <summary>Whether a figure's median is within the bound.</summary>
    public bool IsMetBy(Figure figure)
    {
        double median = Median.Of(OfRatio ? figure.Ratios : figure.Node);
        return figure.MoreIsBetter ? median >= Bound : median <= Bound;
    }

    /// <summary>The bound as text.</summary>
    public string Text(Figure figure) =>
        $"{(OfRatio ? "ratio " : "")}{(figure.MoreIsBetter ? "≥" : "≤")} "
        + $"{Bound.ToString("0.##", CultureInfo.InvariantCulture)}";

    private static Aim Ratio(double bound) => new(true, bound);

    private static Aim Value(double bound) => new(false, bound);
}
