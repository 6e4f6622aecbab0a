using System.Diagnostics;
using System.Globalization;

namespace ActorP2P.Benchmarks;

/// <summary>Makes the measures one after the other, each interleaved with its baseline, and prints a line for each figure.</summary>
internal static class RatioRun
{
    public static async Task RunAsync(string[] names)
    {
        long started = Stopwatch.GetTimestamp();
        Console.WriteLine(FormattableString.Invariant($"# {Environment.ProcessorCount} cores, ")
            + $"{System.Runtime.InteropServices.RuntimeInformation.FrameworkDescription}, load {LoadAverage()}");
        using ServerProcess server = await ServerProcess.StartAsync();
        foreach (Measure measure in Measures(server))
        {
            if (names.Length == 0 || names.Any(name => IsNamed(measure, name)))
            {
                await RunAsync(measure);
            }
        }

        Console.WriteLine(FormattableString.Invariant(
            $"# {Stopwatch.GetElapsedTime(started).TotalSeconds:0} s, load {LoadAverage()}"));
    }

    /// <summary>Makes one measure of the node alone, over and over.</summary>
    public static async Task ProfileAsync(string name, TimeSpan duration)
    {
        using ServerProcess server = await ServerProcess.StartAsync();
        Measure measure = Measures(server).First(candidate => IsNamed(candidate, name));
        await measure.PrepareAsync();
        for (long start = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(start) < duration;)
        {
            double[] sample = await measure.NodeAsync();
            Console.WriteLine(string.Join(' ', measure.Names.Zip(sample, (figure, value) => FormattableString.Invariant($"{figure}={value:0.##}"))));
        }

        await measure.ReleaseAsync();
    }

    private static Measure[] Measures(ServerProcess server) =>
    [
        new OneWayMeasure(server, "32B", 32, typed: false),
        new OneWayMeasure(server, "1KiB", 1024, typed: false),
        new OneWayMeasure(server, "1KiB-typed", 1024, typed: true),
        new OneWayMeasure(server, "64KiB", 64 * 1024, typed: false),
        new OneWayMeasure(server, "1MiB", 1024 * 1024, typed: false),
        new SequentialAskMeasure(server),
        new PipelinedAskMeasure(server, 64),
        new PipelinedAskMeasure(server, 256),
        new HighLaneMeasure(server, TimeSpan.FromSeconds(1)),
        new BroadcastMeasure(server, 64, burst: 512),
        new BroadcastMeasure(server, 512, burst: 128),
        new IdleBroadcastMeasure(server, 64),
        new RelayMeasure(),
        new ConnectMeasure(server),
        new ScaleMeasure(server, messages: 1 << 17),
        new DialMeasure(server),
        new StartMeasure(),
        new IdleMeasure(server, 1000),
        new IdleMeasure(server, IdleMeasure.Within(9000)),
        new EngineTellMeasure(),
        new EngineAskMeasure(),
        new HoconMeasure(1),
        new HoconMeasure(10),
    ];

    private static bool IsNamed(Measure measure, string name) =>
        measure.Names.Any(figure => figure.Contains(name, StringComparison.Ordinal));

    private static async Task RunAsync(Measure measure)
    {
        await measure.PrepareAsync();
        for (long start = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(start) < measure.WarmUp;)
        {
            await measure.NodeAsync();
            await measure.RawAsync();
        }

        List<double[]> node = [];
        List<double[]> raw = [];
        for (int i = 0; i < measure.Repetitions; i++)
        {
            // Who goes first changes, so that a drift of the machine's load does not favour one of them.
            bool nodeFirst = i % 2 == 0;
            if (nodeFirst)
            {
                node.Add(await measure.NodeAsync());
            }

            raw.Add(await measure.RawAsync());
            if (!nodeFirst)
            {
                node.Add(await measure.NodeAsync());
            }
        }

        await measure.ReleaseAsync();
        for (int figure = 0; figure < measure.Names.Count; figure++)
        {
            Print(measure.Names[figure], [.. node.Select(sample => sample[figure])], [.. raw.Select(sample => sample[figure])]);
        }
    }

    private static void Print(string name, double[] node, double[] raw)
    {
        // The median of the pairs' ratios: both of a pair met the same load, which the medians of each side did not.
        double ratio = Quantile.Of([.. node.Zip(raw, (mine, theirs) => mine / theirs)], 0.5);
        string text = double.IsFinite(ratio) ? ratio.ToString("0.00", CultureInfo.InvariantCulture) : "-";
        Console.WriteLine(FormattableString.Invariant($"{name} node={Quantile.Of(node, 0.5):0.##} raw={Quantile.Of(raw, 0.5):0.##} ratio={text}"));
    }

    private static string LoadAverage()
    {
        try
        {
            return string.Join(' ', File.ReadAllText("/proc/loadavg").Split(' ').Take(3));
        }
        catch (IOException)
        {
            return "unknown";
        }
    }
}
