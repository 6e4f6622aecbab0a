using System.Diagnostics;

namespace ActorP2P.Benchmarks;

/// <summary>One measure and the samples taken of it so far.</summary>
/// <param name="measure">The measure.</param>
/// <param name="transport">The transport of the node.</param>
/// <param name="prefix">The prefix of the figures' names.</param>
/// <param name="repetitions">The number of samples of each side; null uses the number of the measure.</param>
internal sealed class Sampling(Measure measure, TransportKind transport, string prefix, int? repetitions)
{
    private readonly List<double[]> _node = [];
    private readonly List<double[]> _raw = [];

    /// <summary>The number of pairs to take.</summary>
    public int Pairs { get; } = repetitions ?? measure.Repetitions;

    /// <summary>The figures that the samples give, one for each name.</summary>
    public IEnumerable<Figure> Figures => measure.Names.Select((name, figure) => new Figure(
        prefix + name, [.. _node.Select(sample => sample[figure])], [.. _raw.Select(sample => sample[figure])]));

    /// <summary>
    /// Opens the connections and takes samples that do not count until both sides run their final machine code.
    /// </summary>
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

    /// <summary>
    /// Takes one sample of the node and one of the baseline. The order changes from pair to pair, so that a drift of
    /// the machine's load does not favour one side.
    /// </summary>
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

    /// <summary>Closes the connections.</summary>
    public Task ReleaseAsync() => measure.ReleaseAsync();

    private static async Task<double[]> TakeAsync(Func<Task<double[]>> sample)
    {
        // The previous sample may have ended on this thread. Its stack frames would then still hold the objects that it
        // made.
        await Task.Yield();
        return await sample();
    }
}
