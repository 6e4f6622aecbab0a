using System.Threading.Channels;

namespace ActorP2P.Actors.Tests.Conformance;

/// <summary>What actors report to a test; waiting for a report is bounded only so that a fault ends the run.</summary>
public sealed class Recorder
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(20);

    private readonly Channel<string> _reports = Channel.CreateUnbounded<string>();

    public void Add(string report) => _reports.Writer.TryWrite(report);

    public async Task<string> Next() => await _reports.Reader.ReadAsync().AsTask().WaitAsync(s_patience);

    /// <summary>So many reports, joined.</summary>
    public async Task<string> Next(int count, string separator = " / ")
    {
        var reports = new List<string>();
        while (reports.Count < count)
        {
            reports.Add(await Next());
        }
        return string.Join(separator, reports);
    }

    /// <summary>All reports up to one that says the end, without it.</summary>
    public async Task<string> Until(string end, string separator = " / ")
    {
        var reports = new List<string>();
        for (string report = await Next(); report != end; report = await Next())
        {
            reports.Add(report);
        }
        return string.Join(separator, reports);
    }
}
