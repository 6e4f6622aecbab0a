using ActorP2P.Simulation;

namespace ActorP2P.Cli.Simulate;

/// <summary>
/// Writes the files that a command line asks for: of the first seed that failed, or of the first one.
/// </summary>
internal sealed class SimulateFiles(SimulateRequest request)
{
    private ScenarioRecording? _kept;

    /// <summary>Takes the recording of a seed.</summary>
    public void Add(ScenarioRecording recording)
    {
        if (_kept is null || (_kept.Result.Passed && !recording.Result.Passed))
        {
            _kept = recording;
        }
    }

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

        if (request.Csv is { } csv)
        {
            File.WriteAllText(csv, _kept.ToCsv());
        }
    }
}
