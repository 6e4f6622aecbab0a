using System.Diagnostics;

namespace ActorP2P.PeerBenchmarks;

/// <summary>Something that is measured in the same way of each system.</summary>
/// <param name="name">The name on the command line, with which the names of the figures begin.</param>
internal abstract class PeerMeasure(string name)
{
    /// <summary>The ends of the figures' names.</summary>
    public const string Rate = "k/s", Cpu = "cpu-us", FarCpu = "far-cpu-us";

    // Processor time says more than time: on a busy machine a second may hold little of a process's work.
    private static readonly TimeSpan s_warmUp = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan s_longestWarmUp = TimeSpan.FromSeconds(6);

    public string Name { get; } = name;

    /// <summary>The figures of a sample. A name ends with the unit.</summary>
    public abstract IReadOnlyList<string> Figures { get; }

    /// <summary>Whether each sample needs processes of its own.</summary>
    public virtual bool IsFresh => false;

    /// <summary>Whether it is measured only of systems with two ways to reach many receivers.</summary>
    public virtual bool NeedsTellEach => false;

    /// <summary>Connects what is needed.</summary>
    public abstract Task PrepareAsync(Near near);

    /// <summary>Takes a sample.</summary>
    /// <returns>One value for each figure.</returns>
    public abstract Task<double[]> SampleAsync(Near near);

    /// <summary>Takes samples that do not count, until both processes run their final machine code.</summary>
    public async Task WarmUpAsync(Near near)
    {
        BothUsage before = await near.UsageAsync();
        long start = Stopwatch.GetTimestamp();
        do
        {
            await SampleAsync(near);
        }
        while ((await near.UsageAsync()).Since(before) < s_warmUp
            && Stopwatch.GetElapsedTime(start) < s_longestWarmUp);
    }

    /// <summary>Prefixes the ends of figures' names with the name of the measure.</summary>
    protected static IReadOnlyList<string> Named(string name, params string[] ends) =>
        [.. ends.Select(end => $"{name}-{end}")];
}
