using System.Diagnostics;
using ActorP2P.Benchmarks;

namespace ActorP2P.PeerBenchmarks;

/// <summary>
/// Takes one measure after the other. For each measure, all systems are connected and warmed up first; then they take
/// turns, in another order in each round, so that a change of the machine's speed favours none.
/// </summary>
internal sealed class PeerRun(PeerOptions options, bool warmUp, TextWriter log)
{
    // Memory and a first answer hardly scatter, and each sample takes processes of its own.
    private const int FreshRepetitions = 3;

    private readonly List<PeerFigure> _figures = [];
    private readonly List<string> _failures = [];

    public async Task<PeerReport> RunAsync()
    {
        DateTimeOffset takenAt = DateTimeOffset.UtcNow;
        long started = Stopwatch.GetTimestamp();
        string loadBefore = Machine.Load();
        Machine machine = Machine.This();
        await log.WriteLineAsync($"# {machine}, load {loadBefore}");
        PeerProcess[] processes = [.. options.Systems.Select(static system => new PeerProcess(system))];
        try
        {
            foreach (string name in options.Measures)
            {
                PeerMeasure measure = PeerMeasures.Create(name);
                await (measure.IsFresh ? TakeFreshAsync(measure) : TakeInTurnAsync(measure, processes));
            }
        }
        finally
        {
            Array.ForEach(processes, static process => process.Dispose());
        }

        double seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
        return new PeerReport(
            machine, takenAt, seconds, loadBefore, Machine.Load(),
            [.. options.Systems.Select(static system => new PeerReport.Row(system.Name, system.Setup))],
            _figures, _failures);
    }

    private async Task TakeInTurnAsync(PeerMeasure measure, PeerProcess[] processes)
    {
        List<PeerProcess> ready = [];
        foreach (PeerProcess process in processes.Where(process => Has(process.System, measure)))
        {
            await TryAsync(process.System, measure, async () =>
            {
                await process.OrderAsync($"prepare {measure.Name}");
                if (warmUp)
                {
                    await process.OrderAsync("warm");
                }

                ready.Add(process);
            });
        }

        Dictionary<PeerProcess, List<double[]>> samples = ready.ToDictionary(
            static process => process, static _ => new List<double[]>());
        for (int round = 0; round < options.Repetitions; round++)
        {
            IEnumerable<PeerProcess> order = ready.Skip(round % Math.Max(1, ready.Count)).Concat(
                ready.Take(round % Math.Max(1, ready.Count)));
            foreach (PeerProcess process in order)
            {
                await TryAsync(
                    process.System, measure, async () => samples[process].Add(await process.SampleAsync()));
            }
        }

        foreach (PeerProcess process in ready)
        {
            await TryAsync(process.System, measure, () => process.OrderAsync("release"));
            await AddAsync(process.System, measure, samples[process]);
        }
    }

    private async Task TakeFreshAsync(PeerMeasure measure)
    {
        PeerSystem[] systems = [.. options.Systems.Where(system => Has(system, measure))];
        Dictionary<PeerSystem, List<double[]>> samples = systems.ToDictionary(
            static system => system, static _ => new List<double[]>());
        for (int round = 0; round < Math.Min(FreshRepetitions, options.Repetitions); round++)
        {
            foreach (PeerSystem system in systems)
            {
                await TryAsync(system, measure, async () =>
                {
                    using PeerProcess process = new(system);
                    await process.OrderAsync($"prepare {measure.Name}");
                    samples[system].Add(await process.SampleAsync());
                    await process.OrderAsync("release");
                });
            }
        }

        foreach (PeerSystem system in systems)
        {
            await AddAsync(system, measure, samples[system]);
        }
    }

    private static bool Has(PeerSystem system, PeerMeasure measure) => system.TellsEach || !measure.NeedsTellEach;

    private async Task AddAsync(PeerSystem system, PeerMeasure measure, List<double[]> samples)
    {
        for (int i = 0; i < measure.Figures.Count && samples.Count > 0; i++)
        {
            PeerFigure figure = new(measure.Figures[i], system.Name, [.. samples.Select(sample => sample[i])]);
            _figures.Add(figure);
            await log.WriteLineAsync(figure.ToString());
        }
    }

    private async Task TryAsync(PeerSystem system, PeerMeasure measure, Func<Task> take)
    {
        try
        {
            await take();
        }
        catch (Exception exception) when (exception is InvalidOperationException or TimeoutException or IOException)
        {
            string failure = $"{system.Name} {measure.Name}: {exception.Message}";
            _failures.Add(failure);
            await log.WriteLineAsync($"FAULT {failure}");
        }
    }
}
