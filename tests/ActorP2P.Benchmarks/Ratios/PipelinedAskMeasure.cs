using System.Diagnostics;
using System.Net.Sockets;
using ActorP2P.Protocol;

namespace ActorP2P.Benchmarks;

/// <summary>
/// Asks questions of 32 bytes with a fixed number under way. The baseline is a raw pipelined echo that writes as many
/// new frames at once as one read has brought answers.
/// </summary>
internal sealed class PipelinedAskMeasure(ServerProcess server, int inFlight) : LinkMeasure(server)
{
    private const int PayloadBytes = 32;
    private const int FrameBytes = FrameHeader.Size + PayloadBytes;
    private static readonly TimeSpan Duration = TimeSpan.FromMilliseconds(400);

    public override IReadOnlyList<string> Names { get; } = [$"ask-x{inFlight}-32B-k/s",
        $"ask-x{inFlight}-32B-cpu-us/ask"];

    public override Task<double[]> NodeAsync() => SampleAsync(async start =>
    {
        long[] counts = await Task.WhenAll(Enumerable.Range(0, inFlight).Select(_ => Task.Run(() => AskAsync(start))));
        return counts.Sum();
    });

    public override Task<double[]> RawAsync() => SampleAsync(EchoAsync);

    private async Task<double[]> SampleAsync(Func<long, Task<long>> ask)
    {
        Usage receiverBefore = await Server.UsageAsync();
        Usage before = Usage.Now();
        long start = Stopwatch.GetTimestamp();
        long asks = await ask(start);
        double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        TimeSpan cpu = (Usage.Now() - before).Cpu + (await Server.UsageAsync() - receiverBefore).Cpu;
        return [asks / 1e3 / seconds, cpu.TotalMicroseconds / asks];
    }

    private async Task<long> AskAsync(long start)
    {
        Packet question = new(new byte[PayloadBytes]);
        long asks = 0;
        while (Stopwatch.GetElapsedTime(start) < Duration)
        {
            await Node.AskAsync<Packet>(Peer, question);
            asks++;
        }

        return asks;
    }

    private async Task<long> EchoAsync(long start)
    {
        byte[] output = new byte[inFlight * FrameBytes];
        byte[] input = new byte[inFlight * FrameBytes];
        int due = inFlight;
        int partial = 0;
        long asks = 0;
        long answered = 0;
        while (answered < asks || due > 0)
        {
            for (int i = 0; i < due; i++)
            {
                new FrameHeader(PayloadBytes, FrameKind.Request, FrameFlags.None, Packet.TypeCode, (ulong)++asks)
                    .Write(output.AsSpan(i * FrameBytes));
            }

            if (due > 0)
            {
                await Socket.SendAsync(output.AsMemory(0, due * FrameBytes));
            }

            partial += await Socket.ReceiveAsync(input.AsMemory());
            int came = partial / FrameBytes;
            partial %= FrameBytes;
            answered += came;
            due = Stopwatch.GetElapsedTime(start) < Duration ? came : 0;
        }

        return answered;
    }
}
