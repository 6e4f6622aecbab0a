using System.Diagnostics;

namespace ActorP2P.PeerBenchmarks;

/// <summary>
/// Sends in one direction, and waits until the far handler has counted the last. The number of messages is found while
/// warming up: as many as take a third of a second. So a system without backpressure has no more than these waiting.
/// </summary>
internal sealed class OneWayMeasure(string name, int length) : PeerMeasure(name)
{
    private const int MostMessages = 2_000_000;
    private const double Growth = 4;

    private static readonly TimeSpan s_duration = TimeSpan.FromMilliseconds(330);

    private readonly byte[] _payload = Arrivals.Payload(length);
    private int _count = Math.Clamp(4_000_000 / length, 50, 1_000);

    public override IReadOnlyList<string> Figures { get; } = Named(name, Rate, Cpu, FarCpu);

    public override Task PrepareAsync(Near near) => near.ConnectAsync(length);

    public override async Task<double[]> SampleAsync(Near near)
    {
        await near.ResetAsync();
        BothUsage before = await near.UsageAsync();
        long start = Stopwatch.GetTimestamp();
        int count = _count;
        await near.Contender.SendAsync(_payload, count);
        await near.UntilArrivedAsync(count);
        TimeSpan elapsed = Stopwatch.GetElapsedTime(start);
        BothUsage after = await near.UsageAsync();
        Adapt(elapsed);
        return
        [
            count / elapsed.TotalMilliseconds,
            after.MicrosecondsPer(count, before),
            after.FarMicrosecondsPer(count, before),
        ];
    }

    private void Adapt(TimeSpan elapsed) =>
        _count = (int)Math.Clamp(_count * Math.Min(Growth, s_duration / elapsed), 1, MostMessages);
}
