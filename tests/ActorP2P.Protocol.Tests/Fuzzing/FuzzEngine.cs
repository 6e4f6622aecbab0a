namespace ActorP2P.Protocol.Tests.Fuzzing;

/// <summary>
/// Feeds a target with its corpus, with mutations of the corpus and with generated inputs. The seed determines the run.
/// A failure names the seed, the iteration and the input; the input alone repeats it.
/// </summary>
internal sealed class FuzzEngine(IFuzzTarget target, IReadOnlyList<byte[]> corpus)
{
    /// <summary>
    /// The number of bytes that may be allocated for each byte of input, in addition to the target's allowance.
    /// </summary>
    public const int AllocationPerByte = 16;

    /// <summary>Runs until <paramref name="goesOn"/>, called with the number of inputs so far, returns false.</summary>
    /// <returns>The number of inputs.</returns>
    /// <exception cref="FuzzException">An input violated a promise.</exception>
    public long Run(int seed, Func<long, bool> goesOn)
    {
        ArgumentNullException.ThrowIfNull(goesOn);
        Random random = new(seed);
        Mutator mutator = new(random, corpus);
        long taken = 0;
        for (; goesOn(taken); taken++)
        {
            byte[] input = taken < corpus.Count ? corpus[(int)taken]
                : random.Next(3) == 0 ? target.Generate(random)
                : mutator.Mutate(
                    random.Next(4) == 0 || corpus.Count == 0
                        ? target.Generate(random) : corpus[random.Next(corpus.Count)]);
            Take(input, seed, taken);
        }

        return taken;
    }

    private void Take(byte[] input, int seed, long iteration)
    {
        try
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            target.Execute(input);
            long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
            long allowed = target.Allowance + ((long)AllocationPerByte * input.Length);
            if (allocated > allowed)
            {
                throw new FuzzException($"{allocated} bytes were allocated; {allowed} are allowed");
            }
        }
#pragma warning disable CA1031 // Any exception that an input causes is a finding.
        catch (Exception broken)
#pragma warning restore CA1031
        {
            throw new FuzzException(
                $"{target.Name}, seed {seed}, iteration {iteration}, input {Convert.ToHexStringLower(input)}: "
                + $"{broken.Message}", broken);
        }
    }
}
