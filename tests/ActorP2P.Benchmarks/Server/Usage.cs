namespace ActorP2P.Benchmarks;

/// <summary>The resources that a process has used.</summary>
internal readonly record struct Usage(TimeSpan Cpu, long Allocated)
{
    /// <summary>The resources that this process has used up to now.</summary>
    public static Usage Now() => new(Environment.CpuUsage.TotalTime, GC.GetTotalAllocatedBytes(precise: true));

    public static Usage operator -(Usage later, Usage earlier) =>
        new(later.Cpu - earlier.Cpu, later.Allocated - earlier.Allocated);
}
