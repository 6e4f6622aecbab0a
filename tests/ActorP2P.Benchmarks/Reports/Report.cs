using System.Text.Json;
using System.Text.Json.Serialization;

namespace ActorP2P.Benchmarks;

/// <summary>
/// All figures of one run and the machine on which they were taken. A saved report is the baseline of later runs.
/// </summary>
/// <param name="Machine">The machine.</param>
/// <param name="TakenAt">The time at which the run began.</param>
/// <param name="Seconds">The duration of the run in seconds.</param>
/// <param name="LoadBefore">The load averages at the start.</param>
/// <param name="LoadAfter">The load averages at the end.</param>
/// <param name="Figures">The figures, in the order in which they were taken.</param>
internal sealed record Report(
    Machine Machine, DateTimeOffset TakenAt, double Seconds, string LoadBefore, string LoadAfter,
    IReadOnlyList<Figure> Figures)
{
    private static readonly JsonSerializerOptions s_json = new()
    {
        WriteIndented = true,
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        RespectRequiredConstructorParameters = true,
        RespectNullableAnnotations = true,
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
    };

    /// <summary>Reads a saved report.</summary>
    /// <exception cref="JsonException">The file is not a report.</exception>
    public static Report Load(string path) => FromJson(File.ReadAllText(path));

    /// <summary>Reads a report's JSON.</summary>
    /// <exception cref="JsonException">The text is not a report.</exception>
    public static Report FromJson(string json) =>
        JsonSerializer.Deserialize<Report>(json, s_json) ?? throw new JsonException("The report is null.");

    public string ToJson() => JsonSerializer.Serialize(this, s_json) + "\n";

    /// <summary>The figure with this name; null when there is none.</summary>
    public Figure? Find(string name) => Figures.FirstOrDefault(figure => figure.Name == name);

    /// <summary>Writes the report as JSON and as Markdown, and the charts, into a directory.</summary>
    public void Save(string directory)
    {
        Directory.CreateDirectory(directory);
        File.WriteAllText(Path.Combine(directory, "report.json"), ToJson());
        File.WriteAllText(Path.Combine(directory, "report.md"), ReportTable.Of(this));
        foreach ((string name, string svg) in Charts.Of(this))
        {
            File.WriteAllText(Path.Combine(directory, name), svg);
        }
    }
}
