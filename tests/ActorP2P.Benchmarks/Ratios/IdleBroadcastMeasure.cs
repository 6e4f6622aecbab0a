using System.Net.Sockets;
using ActorP2P.Protocol;

namespace ActorP2P.Benchmarks;

/// <summary>
/// Broadcasts 1 KiB from time to time to idle peers. Nothing can be combined, so each delivery is a separate system
/// call. The figure is the sender's processor time for each delivery; the baseline is one raw send.
/// </summary>
internal sealed class IdleBroadcastMeasure(ServerProcess server, int connections) : FanOutMeasure(server, connections)
{
    private const int PayloadBytes = 1024;
    private const int FrameBytes = FrameHeader.Size + BroadcastHead.Size + PayloadBytes;
    private const int Broadcasts = 100;

    // Within this pause everything is sent and received.
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(4);

    public override IReadOnlyList<string> Names { get; } = [$"broadcast-idle-x{connections}-sender-cpu-ns/delivery"];

    public override Task<double[]> NodeAsync()
    {
        Packet message = new(new byte[PayloadBytes]);
        return SampleAsync(Node.ListenAddresses[0].Port, () => Node.BroadcastAsync(message));
    }

    public override Task<double[]> RawAsync()
    {
        byte[] frame = new byte[FrameBytes];
        return SampleAsync(Raw.Port, () =>
        {
            foreach (Socket socket in Raw.Sockets)
            {
                socket.Send(frame);
            }

            return Task.CompletedTask;
        });
    }

    private async Task<double[]> SampleAsync(int port, Func<Task> broadcast)
    {
        await Server.OrderAsync("reset");
        Usage before = Usage.Now();
        for (int i = 0; i < Broadcasts; i++)
        {
            await broadcast();
            await Task.Delay(Pause);
        }

        TimeSpan cpu = (Usage.Now() - before).Cpu;
        await Server.OrderAsync($"await far {port} {(long)Broadcasts * FrameBytes}");
        return [cpu.TotalNanoseconds / Broadcasts / Connections];
    }
}
