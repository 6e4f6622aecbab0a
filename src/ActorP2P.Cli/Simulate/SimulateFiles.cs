using ActorP2P.Simulation;

namespace ActorP2P.Cli.Simulate;

/// <summary>
/// Writes the files that a command line asks for: of the first seed that failed, or of the first one.
/// </summary>
internal sealed class SimulateFiles(SimulateRequest request)
{
    private readonly Lock _lock = new();
    private ScenarioRecording? _kept;

    /// <summary>Takes the recording of a seed. Any thread may call it.</summary>
    public void Add(ScenarioRecording recording)
    {
        lock (_lock)
        {
            if (_kept is null || Rank(recording.Result).CompareTo(Rank(_kept.Result)) < 0)
            {
                _kept = recording;
            }
        }
    }

    private static (bool Passed, ulong Seed) Rank(ScenarioResult result) => (result.Passed, result.Seed);

    /// <summary>Writes the files.</summary>
    /// <param name="results">The results of all seeds.</param>
    /// <exception cref="IOException">A file cannot be written, for instance because the disk is full.</exception>
    /// <exception cref="UnauthorizedAccessException">A file must not be written.</exception>
    public void Write(IReadOnlyList<ScenarioResult> results)
    {
        if (_kept is null)
        {
            return;
        }

        if (request.Report is { } report)
        {
            File.WriteAllText(report, _kept.ToHtml(results));
        }

        if (request.Picture is { } picture)
        {
            File.WriteAllText(picture, _kept.ToSvg());
        }

        if (request.Csv is { } csv)
        {
            File.WriteAllText(csv, _kept.ToCsv());
        }
    }
}
