using System.Diagnostics;
using System.Net.Sockets;

namespace ActorP2P.Benchmarks;

/// <summary>One question of 32 bytes after the other, each answered before the next, against an asynchronous raw ping-pong.</summary>
internal sealed class SequentialAskMeasure(ServerProcess server) : LinkMeasure(server)
{
    private const int Asks = 4000;
    private const int PayloadBytes = 32;

    private readonly double[] _times = new double[Asks];

    public override IReadOnlyList<string> Names { get; } = ["ask-32B-p50-us", "ask-32B-p99-us"];

    public override async Task<double[]> NodeAsync()
    {
        Packet question = new(new byte[PayloadBytes]);
        for (int i = 0; i < Asks; i++)
        {
            long start = Stopwatch.GetTimestamp();
            await Node.AskAsync<Packet>(Peer, question);
            _times[i] = Stopwatch.GetElapsedTime(start).TotalMicroseconds;
        }

        return Percentiles();
    }

    public override async Task<double[]> RawAsync()
    {
        RawQuestion question = new(Socket, PayloadBytes);
        for (int i = 0; i < Asks; i++)
        {
            long start = Stopwatch.GetTimestamp();
            await question.AskAsync();
            _times[i] = Stopwatch.GetElapsedTime(start).TotalMicroseconds;
        }

        return Percentiles();
    }

    private double[] Percentiles() => [Quantile.Of(_times, 0.5), Quantile.Of(_times, 0.99)];
}
