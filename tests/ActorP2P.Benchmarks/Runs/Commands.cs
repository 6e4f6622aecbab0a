using System.Text.Json;

namespace ActorP2P.Benchmarks;

/// <summary>The verbs that measure. Each gives the process's exit code.</summary>
internal static class Commands
{
    /// <summary>Measures, and writes what it finds.</summary>
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
    /// Compares a saved report with another one, or with a run made now: of what the report has, and of it only what
    /// the words name. 1 where something got worse beyond noise.
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
                server => [.. MeasureList.All(server).Named(rest).Where(measure => measure.Names.Any(name => before.Find(name) is not null))],
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
            // What was not asked for is not missing.
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
    /// One sample of each kind of measure, and everything that is made of figures: whether the program still works, not
    /// how fast anything is. 1 where a figure is missing.
    /// </summary>
    public static async Task<int> SmokeAsync(IReadOnlyList<TransportKind> transports)
    {
        Report report = await MeasureRun.RunAsync(
            MeasureList.Small, transports, repetitions: 1, warmUp: false, Console.Out);
        List<string> faults =
            [.. report.Figures.Where(figure => !figure.Node.All(double.IsFinite)).Select(figure => $"{figure.Name} is no number")];
        bool hasCharts = transports.Count > 1 || Charts.Of(report).Count() == 3;
        if (!hasCharts || !ReportTable.Of(report).Contains(report.Figures[0].Name, StringComparison.Ordinal))
        {
            faults.Add("a chart or the table is missing");
        }

        faults.ForEach(fault => Console.WriteLine($"FAULT {fault}"));
        return faults.Count == 0 ? 0 : 1;
    }

    /// <summary>Draws the charts and the table of a saved report again, beside it.</summary>
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
