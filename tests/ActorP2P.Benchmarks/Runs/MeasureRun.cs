using System.Diagnostics;
using System.Globalization;

namespace ActorP2P.Benchmarks;

/// <summary>Makes measures one after the other, each interleaved with its baseline.</summary>
internal static class MeasureRun
{
    /// <summary>Makes measures and gathers what they find.</summary>
    /// <param name="choose">Which of those that use this second process.</param>
    /// <param name="repetitions">Samples of each side; null: what each measure says for itself.</param>
    /// <param name="warmUp">Whether samples are made before that do not count.</param>
    /// <param name="output">Where a line for each figure goes as soon as it is known.</param>
    public static async Task<Report> RunAsync(
        Func<ServerProcess, IReadOnlyList<Measure>> choose, int? repetitions, bool warmUp, TextWriter output)
    {
        DateTimeOffset takenAt = DateTimeOffset.UtcNow;
        long started = Stopwatch.GetTimestamp();
        string loadBefore = Machine.Load();
        Machine machine = Machine.This();
        await output.WriteLineAsync($"# {machine}, load {loadBefore}");
        using ServerProcess server = await ServerProcess.StartAsync();
        List<Figure> figures = [];
        foreach (Measure measure in choose(server))
        {
            foreach (Figure figure in await MakeAsync(measure, repetitions ?? measure.Repetitions, warmUp))
            {
                figures.Add(figure);
                await output.WriteLineAsync(figure.ToString());
            }
        }

        double seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
        string loadAfter = Machine.Load();
        await output.WriteLineAsync(FormattableString.Invariant($"# {seconds:0} s, load {loadAfter}"));
        return new Report(machine, takenAt, seconds, loadBefore, loadAfter, figures);
    }

    /// <summary>Makes one measure of the node alone, over and over.</summary>
    public static async Task ProfileAsync(string name, TimeSpan duration)
    {
        using ServerProcess server = await ServerProcess.StartAsync();
        Measure measure = MeasureList.All(server).Named([name])[0];
        await measure.PrepareAsync();
        for (long start = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(start) < duration;)
        {
            double[] sample = await measure.NodeAsync();
            Console.WriteLine(string.Join(' ', measure.Names.Zip(sample, (figure, value) => string.Create(
                CultureInfo.InvariantCulture, $"{figure}={value:0.##}"))));
        }

        await measure.ReleaseAsync();
    }

    private static async Task<IReadOnlyList<Figure>> MakeAsync(Measure measure, int repetitions, bool warmUp)
    {
        await measure.PrepareAsync();
        for (long start = Stopwatch.GetTimestamp(); warmUp && Stopwatch.GetElapsedTime(start) < measure.WarmUp;)
        {
            await measure.NodeAsync();
            await measure.RawAsync();
        }

        List<double[]> node = [];
        List<double[]> raw = [];
        for (int i = 0; i < repetitions; i++)
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
        return
        [
            .. measure.Names.Select((name, figure) => new Figure(
                name, [.. node.Select(sample => sample[figure])], [.. raw.Select(sample => sample[figure])])),
        ];
    }
}
