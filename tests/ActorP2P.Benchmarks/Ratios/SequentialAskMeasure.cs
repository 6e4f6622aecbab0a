using System.Diagnostics;
using System.Net.Sockets;

namespace ActorP2P.Benchmarks;

/// <summary>
/// Asks one question of 32 bytes after the other, each after the answer to the one before. The baseline is an
/// asynchronous raw ping-pong.
/// </summary>
internal sealed class SequentialAskMeasure(ServerProcess server) : LinkMeasure(server)
{
    private const int Asks = 4000;
    private const int PayloadBytes = 32;

    private readonly Latencies _times = new();

    public override IReadOnlyList<string> Names { get; } = ["ask-32B-p50-us", "ask-32B-p99-us"];

    public override async Task<double[]> NodeAsync()
    {
        Packet question = new(new byte[PayloadBytes]);
        _times.Reset();
        for (int i = 0; i < Asks; i++)
        {
            long start = Stopwatch.GetTimestamp();
            await Node.AskAsync<Packet>(Peer, question);
            _times.RecordSince(start);
        }

        return [_times.Median, _times.Percentile99];
    }

    public override async Task<double[]> RawAsync()
    {
        RawQuestion question = new(Socket, PayloadBytes);
        _times.Reset();
        for (int i = 0; i < Asks; i++)
        {
            long start = Stopwatch.GetTimestamp();
            await question.AskAsync();
            _times.RecordSince(start);
        }

        return [_times.Median, _times.Percentile99];
    }
}
