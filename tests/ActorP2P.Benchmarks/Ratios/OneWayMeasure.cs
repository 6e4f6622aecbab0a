using System.Diagnostics;
using System.Net.Sockets;
using ActorP2P.Protocol;

namespace ActorP2P.Benchmarks;

/// <summary>
/// Sends messages in one direction as fast as they are accepted, until the other end has counted the last. One sender
/// awaits each tell. The baseline puts frames together by hand in a buffer of 64 KiB and sends it with one call.
/// </summary>
internal sealed class OneWayMeasure(ServerProcess server, string name, int size, bool typed) : LinkMeasure(server)
{
    private static readonly TimeSpan Duration = TimeSpan.FromMilliseconds(300);

    // This time is not counted. It refills the pools that a collection during another measure has emptied.
    private static readonly TimeSpan LeadIn = TimeSpan.FromMilliseconds(50);

    private readonly byte[] _payload = new byte[size];

    public override IReadOnlyList<string> Names { get; } =
    [
        $"oneway-{name}-MB/s",
        $"oneway-{name}-cpu-ns/msg",
        $"oneway-{name}-sender-alloc-B/msg",
        $"oneway-{name}-receiver-alloc-B/msg",
    ];

    public override Task<double[]> NodeAsync() => SampleAsync("node", SendByNodeAsync);

    public override Task<double[]> RawAsync() => SampleAsync("raw", SendRawAsync);

    private async Task<double[]> SampleAsync(string side, Func<TimeSpan, Task<long>> send)
    {
        await SendCountedAsync(side, send, LeadIn);
        Usage receiverBefore = await Server.UsageAsync();
        Usage before = Usage.Now();
        long start = Stopwatch.GetTimestamp();
        long messages = await SendCountedAsync(side, send, Duration);
        double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        Usage sender = Usage.Now() - before;
        Usage receiver = await Server.UsageAsync() - receiverBefore;
        return
        [
            (double)messages * size / 1e6 / seconds,
            (sender.Cpu + receiver.Cpu).TotalNanoseconds / messages,
            (double)sender.Allocated / messages,
            (double)receiver.Allocated / messages,
        ];
    }

    private async Task<long> SendCountedAsync(string side, Func<TimeSpan, Task<long>> send, TimeSpan duration)
    {
        await Server.OrderAsync("reset");
        long messages = await send(duration);
        long frames = side == "node" ? messages : messages * FramesPerMessage;
        await Server.OrderAsync($"await {side} {frames}");
        return messages;
    }

    private int FramesPerMessage => Math.Max(1, size / SessionSettings.MaxFragment);

    private async Task<long> SendByNodeAsync(TimeSpan duration)
    {
        long start = Stopwatch.GetTimestamp();
        IMessage message = typed ? new Packet(_payload) : new RawPacket(_payload);
        int between = Math.Max(1, 16 * 1024 / size);
        long sent = 0;
        do
        {
            for (int i = 0; i < between; i++)
            {
                await Node.TellAsync(Peer, message);
            }

            sent += between;
        }
        while (Stopwatch.GetElapsedTime(start) < duration);
        return sent;
    }

    private async Task<long> SendRawAsync(TimeSpan duration)
    {
        long start = Stopwatch.GetTimestamp();
        long sent = 0;
        if (size < SessionSettings.MaxFragment)
        {
            RawCoalescer coalescer = new(_payload);
            do
            {
                sent += coalescer.Fill();
                await SendAllAsync(coalescer.Filled);
            }
            while (Stopwatch.GetElapsedTime(start) < duration);
            return sent;
        }

        byte[] header = new byte[FrameHeader.Size];
        new FrameHeader(
            SessionSettings.MaxFragment, FrameKind.Notify, FrameFlags.None, RawPacket.TypeCode, 0).Write(header);
        ArraySegment<byte>[] vector = [header, new(_payload, 0, SessionSettings.MaxFragment)];
        do
        {
            for (int i = 0; i < FramesPerMessage; i++)
            {
                // The vectored send of a stream socket completes when everything is accepted.
                await Socket.SendAsync(vector, SocketFlags.None);
            }

            sent++;
        }
        while (Stopwatch.GetElapsedTime(start) < duration);
        return sent;
    }

    private async ValueTask SendAllAsync(ReadOnlyMemory<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            bytes = bytes[await Socket.SendAsync(bytes)..];
        }
    }
}
