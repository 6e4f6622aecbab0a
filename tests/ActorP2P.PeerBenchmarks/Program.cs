using System.Diagnostics;
using System.Globalization;
using ActorP2P.Benchmarks;
using ActorP2P.PeerBenchmarks;

const string Usage = """
    run                          every measure of every system, alternately; what follows narrows it
      --only SYSTEM,SYSTEM       these systems
      --measure NAME,NAME        these measures
      --repetitions N            samples that count, else 5
      --out DIR                  writes peers.json, peers.md and the charts
    draw FILE                    table and charts of a saved report, beside it
    smoke                        a sample of each kind of transfer without warming up: does everything arrive?
    profile SYSTEM NAME SECONDS  one measure of one system, over and over, for a profiler to look at
    list                         the names of systems and measures
    """;

switch (args)
{
    // These are the verbs of the program's other processes.
    case ["far", string name] when PeerSystem.Find(name) is { } system:
        Orders.Serve(new FarHost(system).ObeyAsync);
        return 0;
    case ["near", string name] when PeerSystem.Find(name) is { } system:
        using (ChildProcess far = ChildProcess.Start("far", name))
        {
            Orders.Serve(new NearHost(system, far.OrderAsync).ObeyAsync);
        }

        return 0;

    case ["run", .. string[] rest] when PeerOptions.Parse(rest) is { } options:
        using (MachineLock? turn = await MachineLock.TakeAsync(Console.Error))
        {
            return turn is null ? MachineLock.ExitCode : await MeasureAsync(options, warmUp: true);
        }

    case ["smoke", .. string[] rest] when PeerOptions.Parse(rest) is { } options:
        return await MeasureAsync(options with { Repetitions = 1, Measures = PeerMeasures.Small }, warmUp: false);
    case ["profile", string name, string measure, string seconds] when PeerSystem.Find(name) is { } system
        && PeerMeasures.Names.Contains(measure)
        && int.TryParse(seconds, NumberStyles.None, CultureInfo.InvariantCulture, out int number):
        using (MachineLock? turn = await MachineLock.TakeAsync(Console.Error))
        {
            return turn is null ? MachineLock.ExitCode : await ProfileAsync(system, measure, number);
        }

    case ["draw", string file]:
        PeerReport.Load(file).Save(Path.GetDirectoryName(Path.GetFullPath(file))!);
        return 0;
    case ["list"]:
        Console.WriteLine(string.Join('\n', PeerSystem.All.Select(static system => system.Name)));
        Console.WriteLine(string.Join('\n', PeerMeasures.Names));
        return 0;
    default:
        await Console.Error.WriteLineAsync(Usage);
        return 2;
}

static async Task<int> MeasureAsync(PeerOptions options, bool warmUp)
{
    PeerReport report = await new PeerRun(options, warmUp, Console.Out).RunAsync();
    if (options.Directory is { } directory)
    {
        report.Save(directory);
    }

    return report.Failures.Count == 0 ? 0 : 1;
}

static async Task<int> ProfileAsync(PeerSystem system, string measure, int seconds)
{
    using PeerProcess process = new(system);
    await process.OrderAsync($"prepare {measure}");
    IReadOnlyList<string> figures = PeerMeasures.Create(measure).Figures;
    for (long start = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(start).TotalSeconds < seconds;)
    {
        double[] sample = await process.SampleAsync();
        Console.WriteLine(string.Join(
            ' ', figures.Zip(sample, static (figure, value) => $"{figure}={PeerFigure.Text(value)}")));
    }

    return 0;
}
