using System.Diagnostics;
using ActorP2P.Protocol.Tests.Fuzzing;

namespace ActorP2P.Benchmarks;

/// <summary>
/// Runs the fuzz targets of the protocol's tests for as long as one likes, in turn, a new seed each time. The first
/// broken promise ends it, and names the target, the seed and the input.
/// </summary>
internal static class FuzzRun
{
    /// <summary>Inputs from one seed before the next target has its turn: a few seconds' worth.</summary>
    private const int InputsPerSeed = 20_000;

    public static bool Run(double minutes, int firstSeed)
    {
        string corpus = Path.Combine(AppContext.BaseDirectory, "Corpus");
        IFuzzTarget[] targets = [new FrameTarget(), new TagTarget(), new HelloTarget(), new ReassemblyTarget(),
            new SessionTarget()];
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
