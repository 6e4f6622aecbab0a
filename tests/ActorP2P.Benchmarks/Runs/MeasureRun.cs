using System.Diagnostics;
using System.Globalization;

namespace ActorP2P.Benchmarks;

/// <summary>
/// Takes the samples of measures, alternating between a node and its baseline, and between the measures. Thus the
/// samples of a figure are spread over the whole run. The speed of a machine changes for half a minute at a time, which
/// samples taken within five seconds would not show.
/// </summary>
internal static class MeasureRun
{
    /// <summary>Takes the samples and collects the figures.</summary>
    /// <param name="choose">Chooses the measures for the given second process.</param>
    /// <param name="transports">
    /// The transports of the node. When there are several, the name of each figure begins with its transport.
    /// </param>
    /// <param name="repetitions">The number of samples of each side; null uses the number of each measure.</param>
    /// <param name="warmUp">Whether samples that do not count are taken first.</param>
    /// <param name="output">The writer that gets one line for each figure.</param>
    public static async Task<Report> RunAsync(
        Func<ServerProcess, IReadOnlyList<Measure>> choose, IReadOnlyList<TransportKind> transports, int? repetitions,
        bool warmUp,
        TextWriter output)
    {
        DateTimeOffset takenAt = DateTimeOffset.UtcNow;
        long started = Stopwatch.GetTimestamp();
        string loadBefore = Machine.Load();
        Machine machine = Machine.This();
        string names = string.Join(" and ", transports.Select(BenchTransport.NameOf));
        await output.WriteLineAsync($"# {machine}, {names}, load {loadBefore}");
        List<ServerProcess> servers = [];
        List<Sampling> samplings = [];
        foreach (TransportKind kind in transports)
        {
            BenchTransport.Kind = kind;
            ServerProcess server = await ServerProcess.StartAsync();
            servers.Add(server);
            string prefix = transports.Count > 1 ? $"{BenchTransport.NameOf(kind)}-" : "";
            samplings.AddRange(choose(server).Select(measure => new Sampling(measure, kind, prefix, repetitions)));
        }

        foreach (Sampling sampling in samplings)
        {
            await sampling.PrepareAsync(warmUp);
        }

        int rounds = samplings.Select(sampling => sampling.Pairs).DefaultIfEmpty().Max();
        for (int round = 0; round < rounds; round++)
        {
            await Console.Error.WriteLineAsync(FormattableString.Invariant(
                $"# round {round + 1} of {rounds}, after {Stopwatch.GetElapsedTime(started).TotalSeconds:0} s"));
            foreach (Sampling sampling in samplings.Where(sampling => round < sampling.Pairs))
            {
                await sampling.TakePairAsync();
            }
        }

        List<Figure> figures = [];
        foreach (Sampling sampling in samplings)
        {
            await sampling.ReleaseAsync();
            foreach (Figure figure in sampling.Figures)
            {
                figures.Add(figure);
                await output.WriteLineAsync(figure.ToString());
            }
        }

        servers.ForEach(static server => server.Dispose());
        double seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
        string loadAfter = Machine.Load();
        await output.WriteLineAsync(FormattableString.Invariant($"# {seconds:0} s, load {loadAfter}"));
        return new Report(machine, takenAt, seconds, loadBefore, loadAfter, figures);
    }

    /// <summary>Repeats the node's side of one measure, without the baseline.</summary>
    /// <returns>Whether there is a measure with this name.</returns>
    public static async Task<bool> ProfileAsync(string name, TimeSpan duration)
    {
        using ServerProcess server = await ServerProcess.StartAsync();
        if (MeasureList.All(server).Named([name]) is not [Measure measure, ..])
        {
            await Console.Error.WriteLineAsync("No figure has such a name.");
            return false;
        }

        await measure.PrepareAsync();
        for (long start = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(start) < duration;)
        {
            double[] sample = await measure.NodeAsync();
            Console.WriteLine(string.Join(' ', measure.Names.Zip(sample, (figure, value) => string.Create(
                CultureInfo.InvariantCulture, $"{figure}={value:0.##}"))));
        }

        await measure.ReleaseAsync();
        return true;
    }
}
