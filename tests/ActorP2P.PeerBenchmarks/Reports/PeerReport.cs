using System.Text.Json;
using ActorP2P.Benchmarks;

namespace ActorP2P.PeerBenchmarks;

/// <summary>All figures of one run.</summary>
/// <param name="Machine">The machine.</param>
/// <param name="TakenAt">The time at which the run began.</param>
/// <param name="Seconds">The duration of the run in seconds.</param>
/// <param name="LoadBefore">The load averages at the start.</param>
/// <param name="LoadAfter">The load averages at the end.</param>
/// <param name="Systems">The systems, in the order of the tables.</param>
/// <param name="Figures">The figures.</param>
/// <param name="Failures">What could not be measured, and why.</param>
internal sealed record PeerReport(
    Machine Machine, DateTimeOffset TakenAt, double Seconds, string LoadBefore, string LoadAfter,
    IReadOnlyList<PeerReport.Row> Systems, IReadOnlyList<PeerFigure> Figures, IReadOnlyList<string> Failures)
{
    private static readonly JsonSerializerOptions s_json = new()
    {
        WriteIndented = true,
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        RespectRequiredConstructorParameters = true,
        RespectNullableAnnotations = true,
    };

    /// <summary>Reads a saved report.</summary>
    /// <exception cref="JsonException">The file is not a report.</exception>
    public static PeerReport Load(string path) =>
        JsonSerializer.Deserialize<PeerReport>(File.ReadAllText(path), s_json)
        ?? throw new JsonException("The report is null.");

    public string ToJson() => JsonSerializer.Serialize(this, s_json) + "\n";

    /// <summary>The figure of a system; null when it was not measured.</summary>
    public PeerFigure? Find(string name, string system) =>
        Figures.FirstOrDefault(figure => figure.Name == name && figure.System == system);

    /// <summary>
    /// The name of the system that is best in a figure, the baseline left out; null when nobody was measured.
    /// </summary>
    public string? BestOf(string name)
    {
        PeerFigure[] rivals =
            [.. Figures.Where(figure => figure.Name == name && figure.System != PeerSystem.Baseline)];
        return rivals is []
            ? null
            : rivals.MinBy(static figure => figure.MoreIsBetter ? -figure.Value : figure.Value)!.System;
    }

    /// <summary>Writes the report as JSON and as Markdown, and the charts, into a directory.</summary>
    public void Save(string directory)
    {
        Directory.CreateDirectory(directory);
        File.WriteAllText(Path.Combine(directory, "peers.json"), ToJson());
        File.WriteAllText(Path.Combine(directory, "peers.md"), PeerTable.Of(this));
        foreach ((string name, string svg) in PeerChart.Of(this))
        {
            File.WriteAllText(Path.Combine(directory, name), svg);
        }
    }

    /// <summary>A system and its set-up.</summary>
    internal sealed record Row(string Name, string Setup);
}
