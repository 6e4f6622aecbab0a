namespace ActorP2P.Benchmarks;

/// <summary>The list of all measures.</summary>
internal static class MeasureList
{
    /// <summary>The measures that say most; they take two minutes.</summary>
    public static IReadOnlyList<Measure> Vital(ServerProcess server) =>
    [
        new OneWayMeasure(server, "32B", 32, typed: false),
        new OneWayMeasure(server, "1KiB", 1024, typed: false),
        new OneWayMeasure(server, "1KiB-typed", 1024, typed: true),
        new OneWayMeasure(server, "64KiB", 64 * 1024, typed: false),
        new SequentialAskMeasure(server),
        new PipelinedAskMeasure(server, 64),
        new PipelinedAskMeasure(server, 256),
        new HighLaneMeasure(server, TimeSpan.FromSeconds(1)),
        new BroadcastMeasure(server, 64, burst: 512),
        new IdleBroadcastMeasure(server, 64),
        new RelayMeasure(),
        new ConnectMeasure(server),
        new DialMeasure(server),
        new StartMeasure(),
        new IdleMeasure(server, 1000),
    ];

    /// <summary>All measures.</summary>
    public static IReadOnlyList<Measure> All(ServerProcess server) =>
    [
        .. Vital(server),
        new OneWayMeasure(server, "1MiB", 1024 * 1024, typed: false),
        new BroadcastMeasure(server, 512, burst: 128),
        new ScaleMeasure(server, messages: 1 << 17),
        new IdleMeasure(server, 2000),
        new IdleMeasure(server, IdleMeasure.Within(9000)),
        new HoconMeasure(1),
        new HoconMeasure(10),
    ];

    /// <summary>One measure of each kind, as small as possible, to see whether they still work.</summary>
    public static IReadOnlyList<Measure> Small(ServerProcess server) =>
    [
        new OneWayMeasure(server, "1KiB", 1024, typed: false),
        new OneWayMeasure(server, "1KiB-typed", 1024, typed: true),
        new OneWayMeasure(server, "1MiB", 1024 * 1024, typed: false),
        new SequentialAskMeasure(server),
        new PipelinedAskMeasure(server, 64),
        new HighLaneMeasure(server, TimeSpan.FromMilliseconds(200)),
        new BroadcastMeasure(server, 64, burst: 32),
        new IdleBroadcastMeasure(server, 64),
        new RelayMeasure(),
        new ConnectMeasure(server),
        new ScaleMeasure(server, messages: 1 << 13),
        new DialMeasure(server),
        new StartMeasure(),
        new IdleMeasure(server, 100),
        new HoconMeasure(1),
    ];

    /// <summary>
    /// The measures with a figure whose name contains one of the words; all measures when there are no words.
    /// </summary>
    public static IReadOnlyList<Measure> Named(
        this IReadOnlyList<Measure> measures, IReadOnlyCollection<string> words) => words.Count == 0
        ? measures
        : [.. measures.Where(
            measure => measure.Names.Any(name => words.Any(word => name.Contains(word, StringComparison.Ordinal))))];
}
