using System.Diagnostics;
using ActorP2P.Protocol.Tests.Fuzzing;

namespace ActorP2P.Benchmarks;

/// <summary>
/// Runs the fuzz targets of the protocol's tests in turn for a given time, with a new seed each time. The first
/// violated promise ends the run and prints the target, the seed and the input.
/// </summary>
internal static class FuzzRun
{
    /// <summary>
    /// The number of inputs from one seed before the next target has its turn. This takes a few seconds.
    /// </summary>
    private const int InputsPerSeed = 20_000;

    public static bool Run(double minutes, int firstSeed)
    {
        string corpus = Path.Combine(AppContext.BaseDirectory, "Corpus");
        IFuzzTarget[] targets = [new FrameTarget(), new TagTarget(), new HelloTarget(), new ReassemblyTarget(),
            new SessionTarget(), new RecordTarget(), new DhtTarget()];
        Stopwatch watch = Stopwatch.StartNew();
        TimeSpan limit = TimeSpan.FromMinutes(minutes);
        TimeSpan told = TimeSpan.Zero;
        long inputs = 0;
        int seed = firstSeed;
        try
        {
            for (; watch.Elapsed < limit; seed++)
            {
                foreach (IFuzzTarget target in targets)
                {
                    FuzzEngine engine = new(target, Corpus.Load(corpus, target.Name));
                    inputs += engine.Run(seed, taken => taken < InputsPerSeed && watch.Elapsed < limit);
                }

                if (watch.Elapsed - told > TimeSpan.FromMinutes(1))
                {
                    told = watch.Elapsed;
                    Console.WriteLine($"{watch.Elapsed:hh\\:mm\\:ss} {inputs} inputs, {seed - firstSeed + 1} seeds");
                }
            }
        }
        catch (FuzzException broken)
        {
            Console.WriteLine($"FAILED: {broken.Message}");
            return false;
        }

        Console.WriteLine($"OK: {inputs} inputs, seeds {firstSeed} to {seed - 1}, {watch.Elapsed:hh\\:mm\\:ss}");
        return true;
    }
}
