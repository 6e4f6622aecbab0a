using System.Diagnostics;

namespace ActorP2P.PeerBenchmarks;

/// <summary>
/// Sends 1 KiB to each of many real receivers, in bursts. A burst ends when the handler of each receiver has counted
/// all of it; it is short enough for the queues that each system has for a receiver.
/// </summary>
internal sealed class FanOutMeasure(string name, int receivers, bool toEach) : PeerMeasure(name)
{
    private const int Length = 1024;
    private const int Burst = 128;

    private static readonly TimeSpan s_duration = TimeSpan.FromMilliseconds(330);

    private readonly byte[] _payload = Arrivals.Payload(Length);

    public override IReadOnlyList<string> Figures { get; } = Named(name, Rate, Cpu, FarCpu);

    public override bool NeedsTellEach => toEach;

    public override async Task PrepareAsync(Near near)
    {
        string hub = await near.Contender.OpenHubAsync();
        await near.JoinAsync(hub, Length, receivers);
        await near.Contender.UntilJoinedAsync(receivers);
    }

    public override async Task<double[]> SampleAsync(Near near)
    {
        await near.ResetAsync();
        BothUsage before = await near.UsageAsync();
        long start = Stopwatch.GetTimestamp();
        long sent = 0;
        do
        {
            await (toEach
                ? near.Contender.TellEachAsync(_payload, Burst)
                : near.Contender.PublishAsync(_payload, Burst));
            sent += Burst;
            await near.UntilArrivedAsync(sent);
        }
        while (Stopwatch.GetElapsedTime(start) < s_duration);
        TimeSpan elapsed = Stopwatch.GetElapsedTime(start);
        BothUsage after = await near.UsageAsync();
        long deliveries = sent * receivers;
        return
        [
            deliveries / elapsed.TotalMilliseconds,
            after.MicrosecondsPer(deliveries, before),
            after.FarMicrosecondsPer(deliveries, before),
        ];
    }
}
