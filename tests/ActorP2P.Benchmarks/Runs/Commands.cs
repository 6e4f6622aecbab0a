using System.Text.Json;

namespace ActorP2P.Benchmarks;

/// <summary>The verbs that measure. Each returns the exit code of the process.</summary>
internal static class Commands
{
    /// <summary>Measures and writes the figures.</summary>
    public static async Task<int> MeasureAsync(RunOptions options, IReadOnlyList<TransportKind> transports)
    {
        Report report = await MeasureRun.RunAsync(
            options.Choose, transports, options.Repetitions, warmUp: true, options.Json ? Console.Error : Console.Out);
        if (options.Directory is { } directory)
        {
            report.Save(directory);
        }

        if (options.Json)
        {
            await Console.Out.WriteAsync(report.ToJson());
        }

        if (report.Figures.Count == 0)
        {
            await Console.Error.WriteLineAsync("No figure has such a name.");
        }

        return report.Figures.Count > 0 ? 0 : 2;
    }

    /// <summary>
    /// Compares a saved report with another one or with a new run of the figures in it. When words are given, only
    /// figures whose names contain one of them count. The exit code is 1 when a figure got worse by more than noise.
    /// </summary>
    public static async Task<int> CompareAsync(string baseline, IReadOnlyList<string> rest)
    {
        bool isSaved = rest is [{ } path] && path.EndsWith(".json", StringComparison.Ordinal);
        if (TryLoad(baseline) is not { } before)
        {
            return 2;
        }

        Report? now = isSaved
            ? TryLoad(rest[0])
            : await MeasureRun.RunAsync(
                server => [.. MeasureList.All(server).Named(rest)
                    .Where(measure => measure.Names.Any(name => before.Find(name) is not null))],
                [BenchTransport.Kind],
                repetitions: null,
                warmUp: true,
                Console.Error);
        if (now is null)
        {
            return 2;
        }

        if (!isSaved && rest.Count > 0)
        {
            // A figure that was not requested must not count as missing.
            before = before with { Figures = [.. before.Figures.Where(figure => now.Find(figure.Name) is not null)] };
        }

        ReportComparison comparison = new(before, now);
        foreach (string line in comparison.Lines())
        {
            Console.WriteLine(line);
        }

        return comparison.ExitCode;
    }

    /// <summary>
    /// Takes one sample of each kind of measure and creates the table and the charts. It shows whether the program
    /// still works, not how fast anything is. The exit code is 1 when a figure is missing.
    /// </summary>
    public static async Task<int> SmokeAsync(IReadOnlyList<TransportKind> transports)
    {
        Report report = await MeasureRun.RunAsync(
            MeasureList.Small, transports, repetitions: 1, warmUp: false, Console.Out);
        List<string> faults =
            [.. report.Figures.Where(figure => !figure.Node.All(double.IsFinite))
                .Select(figure => $"{figure.Name} is not a number")];
        bool hasCharts = transports.Count > 1 || Charts.Of(report).Count() == 3;
        if (!hasCharts || !ReportTable.Of(report).Contains(report.Figures[0].Name, StringComparison.Ordinal))
        {
            faults.Add("a chart or the table is missing");
        }

        faults.ForEach(fault => Console.WriteLine($"FAULT {fault}"));
        return faults.Count == 0 ? 0 : 1;
    }

    /// <summary>Draws the charts and the table of a saved report again, in the report's directory.</summary>
    public static int Draw(string path)
    {
        if (TryLoad(path) is not { } report)
        {
            return 2;
        }

        report.Save(Path.GetDirectoryName(Path.GetFullPath(path))!);
        return 0;
    }

    private static Report? TryLoad(string path)
    {
        try
        {
            return Report.Load(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or JsonException)
        {
            Console.Error.WriteLine($"{path} cannot be read as a report: {exception.Message}");
            return null;
        }
    }
}
