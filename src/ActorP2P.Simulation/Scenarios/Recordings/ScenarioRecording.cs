namespace ActorP2P.Simulation;

/// <summary>One run of a scenario with its figures over time.</summary>
public sealed record ScenarioRecording
{
    /// <summary>The scenario.</summary>
    public required Scenario Scenario { get; init; }

    /// <summary>The result.</summary>
    public required ScenarioResult Result { get; init; }

    /// <summary>The figures of all nodes at up to 241 virtual times.</summary>
    public IReadOnlyList<ScenarioSample> Samples { get; init; } = [];

    /// <summary>The 0th to the 100th percentile of the delivery times; empty without deliveries.</summary>
    public IReadOnlyList<TimeSpan> Delays { get; init; } = [];

    /// <summary>The broadcasts that were followed, in the order of their sending.</summary>
    public IReadOnlyList<RecordedBroadcast> Broadcasts { get; init; } = [];

    /// <summary>The figures of each node at the end.</summary>
    public IReadOnlyList<NodeFigures> Nodes { get; init; } = [];

    /// <summary>The timeline, in the order of time.</summary>
    public IReadOnlyList<RecordedFault> Faults { get; init; } = [];

    /// <summary>
    /// One page of HTML, which is also XML, with everything in it: no script, no image and no other file. It follows
    /// the reader's choice of light or dark.
    /// </summary>
    /// <param name="all">The results of all seeds, for a table; null: of this run alone.</param>
    public string ToHtml(IReadOnlyList<ScenarioResult>? all = null) => new HtmlReport(this, all ?? [Result]).Write();

    /// <summary>
    /// The charts of the page as one SVG picture. It follows the reader's choice of light or dark, also as an image of
    /// another page.
    /// </summary>
    public string ToSvg() => new SvgPicture(this).Write();

    /// <summary>The samples as comma-separated values with a line of names; times are in seconds.</summary>
    public string ToCsv() => CsvTable.Of(Samples);
}
