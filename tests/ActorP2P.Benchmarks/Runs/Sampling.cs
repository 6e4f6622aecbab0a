using System.Diagnostics;

namespace ActorP2P.Benchmarks;

/// <summary>One measure, and the samples that were taken of it so far.</summary>
/// <param name="measure">The measure.</param>
/// <param name="transport">What carries the node's bytes.</param>
/// <param name="prefix">What the figures' names begin with.</param>
/// <param name="repetitions">Samples of each side; null: what the measure says for itself.</param>
internal sealed class Sampling(Measure measure, TransportKind transport, string prefix, int? repetitions)
{
    private readonly List<double[]> _node = [];
    private readonly List<double[]> _raw = [];

    /// <summary>How many pairs are to be taken.</summary>
    public int Pairs { get; } = repetitions ?? measure.Repetitions;

    /// <summary>What the samples say, a figure for each name.</summary>
    public IEnumerable<Figure> Figures => measure.Names.Select((name, figure) => new Figure(
        prefix + name, [.. _node.Select(sample => sample[figure])], [.. _raw.Select(sample => sample[figure])]));

    /// <summary>Connects, and takes samples that do not count until both sides run their final code.</summary>
    public async Task PrepareAsync(bool warmUp)
    {
        BenchTransport.Kind = transport;
        await measure.PrepareAsync();
        for (long start = Stopwatch.GetTimestamp(); warmUp && Stopwatch.GetElapsedTime(start) < measure.WarmUp;)
        {
            await measure.NodeAsync();
            await measure.RawAsync();
        }
    }

    /// <summary>Takes a sample of the node and one of the baseline. Who goes first changes from pair to pair, so that a drift of
    /// the machine's load does not favour one of them.</summary>
    public async Task TakePairAsync()
    {
        BenchTransport.Kind = transport;
        if (_node.Count % 2 == 0)
        {
            _node.Add(await TakeAsync(measure.NodeAsync));
            _raw.Add(await TakeAsync(measure.RawAsync));
        }
        else
        {
            _raw.Add(await TakeAsync(measure.RawAsync));
            _node.Add(await TakeAsync(measure.NodeAsync));
        }
    }

    /// <summary>Gives back what was connected.</summary>
    public Task ReleaseAsync() => measure.ReleaseAsync();

    private static async Task<double[]> TakeAsync(Func<Task<double[]>> sample)
    {
        // The sample before may have ended on this thread: its frames are below, and hold what it has made.
        await Task.Yield();
        return await sample();
    }
}
