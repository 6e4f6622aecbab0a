using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using ActorP2P.Protocol;

namespace ActorP2P.Benchmarks;

/// <summary>
/// Broadcasts of 1 KiB to many connections whose far ends only count bytes. The baseline copies the same frames into a
/// buffer of 64 KiB for each connection. Each burst fits into the send queue, because a node drops what does not fit.
/// </summary>
internal sealed class BroadcastMeasure(
    ServerProcess server, int connections, int burst) : FanOutMeasure(server, connections)
{
    private const int PayloadBytes = 1024;
    private const int FrameBytes = FrameHeader.Size + BroadcastHead.Size + PayloadBytes;
    private const int Bursts = 4;

    public override IReadOnlyList<string> Names { get; } =
        [$"broadcast-1KiB-x{connections}-k/s", $"broadcast-1KiB-x{connections}-sender-cpu-ns/delivery"];

    public override async Task<double[]> NodeAsync()
    {
        Packet message = new(new byte[PayloadBytes]);
        Task[] handed = new Task[burst];
        double[] sample = await SampleAsync(Node.ListenAddresses[0].Port, async () =>
        {
            for (int i = 0; i < burst; i++)
            {
                handed[i] = Node.BroadcastAsync(message);
            }

            await Task.WhenAll(handed);
        });
        return Node.Statistics.DroppedBroadcasts == 0
            ? sample
            : throw new InvalidOperationException("The node has dropped broadcasts; the figure would flatter it.");
    }

    public override Task<double[]> RawAsync()
    {
        byte[] frame = new byte[FrameBytes];
        new FrameHeader(
            FrameBytes - FrameHeader.Size, FrameKind.Broadcast, FrameFlags.None, Packet.TypeCode, 1).Write(frame);
        RawFanOut fanOut = new(Raw.Sockets);
        return SampleAsync(Raw.Port, () => fanOut.SendAsync(frame, burst));
    }

    private async Task<double[]> SampleAsync(int port, Func<Task> send)
    {
        await Server.OrderAsync("reset");
        Usage before = Usage.Now();
        long start = Stopwatch.GetTimestamp();
        for (int i = 1; i <= Bursts; i++)
        {
            await send();
            await Server.OrderAsync($"await far {port} {(long)i * burst * FrameBytes}");
        }

        double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        double deliveries = (double)Bursts * burst * Connections;
        return [deliveries / 1e3 / seconds, (Usage.Now() - before).Cpu.TotalNanoseconds / deliveries];
    }
}
