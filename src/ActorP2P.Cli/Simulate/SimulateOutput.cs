using System.Globalization;
using System.Text.Json;
using ActorP2P.Simulation;

namespace ActorP2P.Cli.Simulate;

/// <summary>
/// Prints a line for each seed and a summary, as text of 80 columns or as JSON.
/// </summary>
internal sealed class SimulateOutput(TextWriter writer, bool json) : IProgress<ScenarioResult>
{
    private readonly Lock _lock = new();
    private readonly SortedDictionary<ulong, ScenarioResult> _results = [];

    public void Listening(string address)
    {
        lock (_lock)
        {
            writer.WriteLine(json
                ? JsonSerializer.Serialize(new { listening = address })
                : $"LISTENING {address}");
        }
    }

    public void Joined(string member)
    {
        lock (_lock)
        {
            writer.WriteLine(json ? JsonSerializer.Serialize(new { member }) : $"MEMBER {member}");
        }
    }

    /// <summary>A world that is spread over members begins.</summary>
    public void Began(ulong seed, int members)
    {
        lock (_lock)
        {
            writer.WriteLine(json
                ? JsonSerializer.Serialize(new { began = seed, members })
                : $"BEGAN seed {seed} on {members} members");
        }
    }

    public void Report(ScenarioResult value)
    {
        lock (_lock)
        {
            _results[value.Seed] = value;
            writer.WriteLine(json ? JsonSerializer.Serialize(value) : Line(value));
        }
    }

    /// <summary>Shows an event of a run that is replayed.</summary>
    public void Show(ReplayedEvent happened)
    {
        lock (_lock)
        {
            writer.WriteLine(json
                ? JsonSerializer.Serialize(
                    new { at = happened.At.ToString("c"), node = happened.Node, text = happened.Text })
                : happened.ToString());
        }
    }

    /// <summary>Summarises the results reported so far.</summary>
    public ClusterRunReport SoFar()
    {
        lock (_lock)
        {
            return new ClusterRunReport(
                _results.Count, _results.Values.Count(static result => !result.Passed), 0, [.. _results.Values]);
        }
    }

    /// <summary>Writes the summary.</summary>
    /// <param name="report">The results.</param>
    /// <param name="never">What was to happen with some seed and did not.</param>
    public void End(ClusterRunReport report, IReadOnlyList<string> never)
    {
        lock (_lock)
        {
            if (json)
            {
                writer.WriteLine(
                    JsonSerializer.Serialize(
                        new { seeds = report.Seeds, failed = report.Failed, redone = report.Redone, never }));
                return;
            }

            foreach (ScenarioResult failed in report.Results.Where(static result => !result.Passed).Take(3))
            {
                writer.WriteLine($"seed {failed.Seed}: {failed.Failure}");
            }

            if (never.Count > 0)
            {
                writer.WriteLine(
                    $"FAILED: with {report.Seeds} seeds this never happened: {string.Join(", ", never)}");
                return;
            }

            writer.WriteLine(report.Failed == 0
                ? $"OK: {report.Seeds} seeds"
                : $"FAILED: {report.Failed} of {report.Seeds} seeds");
        }
    }

    private static string Line(ScenarioResult result) => string.Create(
        CultureInfo.InvariantCulture,
        $"seed {result.Seed,-6} {(result.Passed ? "ok    " : "FAILED")} {result.TraceHash} "
        + $"reach {result.Reach * 100,5:0.0}% p99 {result.DeliveryP99.TotalMilliseconds,5:0} ms");
}
