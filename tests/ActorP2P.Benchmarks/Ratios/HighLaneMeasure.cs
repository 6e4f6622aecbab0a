using System.Diagnostics;
using System.Net.Sockets;
using ActorP2P.Protocol;

namespace ActorP2P.Benchmarks;

/// <summary>
/// Asks a question of 32 bytes in the high lane every millisecond while messages of 64 KiB saturate the same
/// connection. The baseline of the answer's time is a raw question on a second socket beside a raw socket full of bulk
/// data, as a program without lanes does it. The baseline of the bulk rate is the node's own rate without the
/// questions.
/// </summary>
internal sealed class HighLaneMeasure(ServerProcess server, TimeSpan duration) : LinkMeasure(server)
{
    private const int PayloadBytes = 32;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(1);

    private readonly byte[] _bulk = new byte[SessionSettings.MaxFragment];
    private Socket? _questionSocket;

    public override IReadOnlyList<string> Names { get; } = ["high-lane-p50-us", "high-lane-p99-us",
        "high-lane-bulk-MB/s"];

    public override async Task PrepareAsync()
    {
        await base.PrepareAsync();
        _questionSocket = await RawSocket.ConnectAsync(Server.Raw);
    }

    public override async Task<double[]> NodeAsync()
    {
        Packet question = new(new byte[PayloadBytes]);
        Latencies times = new();
        double rate = await BulkAsync("node", SendByNodeAsync, start => QuestionsAsync(
            start, times, () => Node.AskAsync<Packet>(Peer, question, new() { Lane = Lane.High })));
        return [times.Median, times.Percentile99, rate];
    }

    public override async Task<double[]> RawAsync()
    {
        RawQuestion question = new(_questionSocket!, PayloadBytes);
        Latencies times = new();
        await BulkAsync("raw", SendRawAsync, start => QuestionsAsync(start, times, question.AskAsync));
        double alone = await BulkAsync("node", SendByNodeAsync, _ => Task.CompletedTask);
        return [times.Median, times.Percentile99, alone];
    }

    public override async Task ReleaseAsync()
    {
        _questionSocket!.Dispose();
        await base.ReleaseAsync();
    }

    private async Task<double> BulkAsync(string side, Func<long, Task<long>> send, Func<long, Task> meanwhile)
    {
        await Server.OrderAsync("reset");
        long start = Stopwatch.GetTimestamp();
        Task questions = Task.Run(() => meanwhile(start));
        long sent = await Task.Run(() => send(start));
        await Server.OrderAsync($"await {side} {sent}");
        double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        await questions;
        return sent * (double)_bulk.Length / 1e6 / seconds;
    }

    private async Task QuestionsAsync(long start, Latencies times, Func<Task> ask)
    {
        while (Stopwatch.GetElapsedTime(start) < duration)
        {
            long asked = Stopwatch.GetTimestamp();
            await ask();
            times.RecordSince(asked);
            await Task.Delay(Pause);
        }
    }

    private async Task<long> SendByNodeAsync(long start)
    {
        RawPacket message = new(_bulk);
        long sent = 0;
        for (; Stopwatch.GetElapsedTime(start) < duration; sent++)
        {
            await Node.TellAsync(Peer, message, new() { Lane = Lane.Bulk });
        }

        return sent;
    }

    private async Task<long> SendRawAsync(long start)
    {
        byte[] header = new byte[FrameHeader.Size];
        new FrameHeader((uint)_bulk.Length, FrameKind.Notify, FrameFlags.None, RawPacket.TypeCode, 0).Write(header);
        ArraySegment<byte>[] vector = [header, _bulk];
        long sent = 0;
        for (; Stopwatch.GetElapsedTime(start) < duration; sent++)
        {
            await Socket.SendAsync(vector, SocketFlags.None);
        }

        return sent;
    }
}
