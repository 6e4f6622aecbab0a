using System.Diagnostics;
using System.Globalization;

namespace ActorP2P.Benchmarks;

/// <summary>The engine alone against actors that are a loop over a channel, in turn in one process.</summary>
internal static class EngineRun
{
    private const int Repetitions = 7;

    /// <summary>Makes the measures so named, or all, and prints a line for each figure: medians, and the median of the pairs' ratios.</summary>
    public static async Task RunAsync(string[] names)
    {
        Console.WriteLine(FormattableString.Invariant(
            $"# {Environment.ProcessorCount} cores, {System.Runtime.InteropServices.RuntimeInformation.FrameworkDescription}"));
        foreach (Measure measure in Measures())
        {
            if (names.Length == 0 || names.Any(name => IsNamed(measure, name)))
            {
                await RunAsync(measure);
            }
        }
    }

    /// <summary>Makes one measure of the engine alone, over and over, for a profiler to look at.</summary>
    public static async Task ProfileAsync(string name, TimeSpan duration)
    {
        Measure measure = Measures().First(candidate => IsNamed(candidate, name));
        for (long start = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(start) < duration;)
        {
            await measure.NodeAsync();
        }
    }

    private static Measure[] Measures() =>
    [
        new EngineTellMeasure(),
        new EnginePingPongMeasure(pairs: 2),
        new EngineAskMeasure(),
        new EngineManyAsksMeasure(inFlight: 64),
        new EngineSpawnMeasure(),
        new EngineIdleMeasure(),
    ];

    private static bool IsNamed(Measure measure, string name) =>
        measure.Names.Any(figure => figure.Contains(name, StringComparison.Ordinal));

    private static async Task RunAsync(Measure measure)
    {
        for (long start = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(start) < measure.WarmUp;)
        {
            await measure.NodeAsync();
            await measure.RawAsync();
        }

        List<double[]> node = [];
        List<double[]> raw = [];
        for (int i = 0; i < Repetitions; i++)
        {
            // Who goes first changes, so that a drift of the machine's load favours neither.
            if (i % 2 == 0)
            {
                node.Add(await measure.NodeAsync());
            }

            raw.Add(await measure.RawAsync());
            if (i % 2 != 0)
            {
                node.Add(await measure.NodeAsync());
            }
        }

        for (int figure = 0; figure < measure.Names.Count; figure++)
        {
            double mine = Median(node.Select(sample => sample[figure]));
            double theirs = Median(raw.Select(sample => sample[figure]));
            double ratio = Median(node.Zip(raw, (one, other) => one[figure] / other[figure]));
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture, $"{measure.Names[figure]} node={mine:0.##} raw={theirs:0.##} ratio={ratio:0.00}"));
        }
    }

    private static double Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return sorted[sorted.Length / 2];
    }
}
