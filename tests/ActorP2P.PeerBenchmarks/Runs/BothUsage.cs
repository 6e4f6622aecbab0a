namespace ActorP2P.PeerBenchmarks;

/// <summary>The processor time of both processes of a system.</summary>
internal readonly record struct BothUsage(TimeSpan Near, TimeSpan Far)
{
    /// <summary>The processor time of both processes together since an earlier moment.</summary>
    public TimeSpan Since(BothUsage earlier) => Near - earlier.Near + Far - earlier.Far;

    /// <summary>The same for each of so many, in microseconds.</summary>
    public double MicrosecondsPer(long count, BothUsage earlier) => Since(earlier).TotalMicroseconds / count;

    /// <summary>The processor time of the far process alone for each of so many, in microseconds.</summary>
    public double FarMicrosecondsPer(long count, BothUsage earlier) => (Far - earlier.Far).TotalMicroseconds / count;
}
