using System.Diagnostics;

namespace ActorP2P.PeerBenchmarks;

/// <summary>Asks questions of 32 bytes with a constant number under way.</summary>
internal sealed class AskManyMeasure(string name, int inFlight) : PeerMeasure(name)
{
    private static readonly TimeSpan s_duration = TimeSpan.FromMilliseconds(330);

    private readonly byte[] _payload = Arrivals.Payload(32);

    public override IReadOnlyList<string> Figures { get; } = Named(name, Rate, Cpu, FarCpu);

    public override Task PrepareAsync(Near near) => near.ConnectAsync(_payload.Length);

    public override async Task<double[]> SampleAsync(Near near)
    {
        BothUsage before = await near.UsageAsync();
        long start = Stopwatch.GetTimestamp();
        long asks = await near.Contender.AskManyAsync(_payload, inFlight, s_duration);
        TimeSpan elapsed = Stopwatch.GetElapsedTime(start);
        BothUsage after = await near.UsageAsync();
        return
        [
            asks / elapsed.TotalMilliseconds,
            after.MicrosecondsPer(asks, before),
            after.FarMicrosecondsPer(asks, before),
        ];
    }
}
