using System.Diagnostics;
using System.Globalization;
using ActorP2P.Simulation;

namespace ActorP2P.Cli.Simulate;

/// <summary>
/// Shows how far a run has come, in one line that is written again and again. Without a terminal it writes nothing.
/// </summary>
internal sealed class SimulateProgress(TextWriter writer, bool isTerminal) : IProgress<ScenarioProgress>
{
    private const int Width = 79;

    private ScenarioProgress? _last;

    public void Report(ScenarioProgress value)
    {
        if (!isTerminal)
        {
            return;
        }

        using Process process = Process.GetCurrentProcess();
        writer.Write($"\r{Line(value, _last, process.WorkingSet64)[..Width]}");
        _last = value;
    }

    /// <summary>Clears the line.</summary>
    public void End()
    {
        if (_last is not null)
        {
            writer.Write($"\r{new string(' ', Width)}\r");
            _last = null;
        }
    }

    /// <summary>The line, with blanks at its end.</summary>
    /// <param name="now">How far the run has come.</param>
    /// <param name="before">How far it had come at the last line; null at the first.</param>
    /// <param name="memory">The bytes that the process holds.</param>
    internal static string Line(ScenarioProgress now, ScenarioProgress? before, long memory)
    {
        ScenarioProgress? since = before?.Seed == now.Seed && before.Elapsed < now.Elapsed ? before : null;
        double real = Math.Max(1e-3, (now.Elapsed - (since?.Elapsed ?? TimeSpan.Zero)).TotalSeconds);
        double steps = (now.Steps - (since?.Steps ?? 0)) / real;
        double speed = (now.VirtualTime - (since?.VirtualTime ?? TimeSpan.Zero)).TotalSeconds / real;
        return string.Create(CultureInfo.InvariantCulture,
            $"seed {now.Seed}: {now.VirtualTime.TotalSeconds:0.0} of {now.Duration.TotalSeconds:0.#} s, "
            + $"{steps:#,0} events/s, {speed:0.0}x real time, {now.NodesUp} nodes, {memory >> 20} MiB")
            .PadRight(Width);
    }
}
