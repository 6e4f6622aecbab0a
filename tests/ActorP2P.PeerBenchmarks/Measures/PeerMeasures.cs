namespace ActorP2P.PeerBenchmarks;

/// <summary>All measures, in the order of the tables.</summary>
internal static class PeerMeasures
{
    private const int Asks = 3_000;
    private const int IdleConnections = 64;

    /// <summary>The names.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. Create().Select(measure => measure.Name)];

    /// <summary>The names of one measure of each kind of transfer.</summary>
    public static IReadOnlyList<string> Small { get; } = ["oneway-1KiB", "ask-x64", "fanout-16", "each-16"];

    /// <summary>Creates all measures. One is used for one system only, because it learns how fast it is.</summary>
    public static IReadOnlyList<PeerMeasure> Create() =>
    [
        new OneWayMeasure("oneway-32B", 32),
        new OneWayMeasure("oneway-1KiB", 1024),
        new OneWayMeasure("oneway-64KiB", 64 * 1024),
        new AskMeasure("ask", Asks),
        new AskManyMeasure("ask-x64", 64),
        new AskManyMeasure("ask-x256", 256),
        new FanOutMeasure("fanout-16", 16, toEach: false),
        new FanOutMeasure("fanout-64", 64, toEach: false),
        new FanOutMeasure("each-16", 16, toEach: true),
        new FanOutMeasure("each-64", 64, toEach: true),
        new IdleMeasure("idle", IdleConnections),
        new FirstAnswerMeasure("first-answer"),
    ];

    /// <summary>Creates the measure with this name.</summary>
    public static PeerMeasure Create(string name) => Create().Single(measure => measure.Name == name);
}
