using System.Diagnostics;
using ActorP2P.Benchmarks;

namespace ActorP2P.PeerBenchmarks;

/// <summary>Asks questions of 32 bytes one after the other.</summary>
internal sealed class AskMeasure(string name, int asks) : PeerMeasure(name)
{
    private readonly byte[] _payload = Arrivals.Payload(32);
    private readonly Latencies _times = new();

    public override IReadOnlyList<string> Figures { get; } = Named(name, "p50-us", "p99-us", Cpu, FarCpu);

    public override Task PrepareAsync(Near near) => near.ConnectAsync(_payload.Length);

    public override async Task<double[]> SampleAsync(Near near)
    {
        _times.Reset();
        BothUsage before = await near.UsageAsync();
        for (int i = 0; i < asks; i++)
        {
            long start = Stopwatch.GetTimestamp();
            await near.Contender.AskAsync(_payload);
            _times.RecordSince(start);
        }

        BothUsage after = await near.UsageAsync();
        return
        [
            _times.Median,
            _times.Percentile99,
            after.MicrosecondsPer(asks, before),
            after.FarMicrosecondsPer(asks, before),
        ];
    }
}
