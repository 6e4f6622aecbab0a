using System.Diagnostics;
using System.Net.Sockets;
using ActorP2P.Protocol;

namespace ActorP2P.Benchmarks;

/// <summary>One question of 32 bytes after the other, each answered before the next, against an asynchronous raw ping-pong.</summary>
internal sealed class SequentialAskMeasure(ServerProcess server) : Measure
{
    private const int Asks = 4000;
    private const int PayloadBytes = 32;

    private readonly double[] _times = new double[Asks];
    private P2PNode? _node;
    private Peer? _peer;
    private Socket? _socket;

    public override IReadOnlyList<string> Names { get; } = ["ask-32B-p50-us", "ask-32B-p99-us"];

    public override int Repetitions => 5;

    public override async Task PrepareAsync()
    {
        _node = await P2PNode.StartAsync(new P2PSettings { NetworkId = "bench", Listen = null });
        _peer = await _node.ConnectAsync(server.Node);
        _socket = await RawSocket.ConnectAsync(server.Raw);
    }

    public override async Task<double[]> NodeAsync()
    {
        Packet question = new(new byte[PayloadBytes]);
        for (int i = 0; i < Asks; i++)
        {
            long start = Stopwatch.GetTimestamp();
            await _node!.AskAsync<Packet>(_peer!, question);
            _times[i] = Stopwatch.GetElapsedTime(start).TotalMicroseconds;
        }

        return Percentiles();
    }

    public override async Task<double[]> RawAsync()
    {
        byte[] output = new byte[FrameHeader.Size + PayloadBytes];
        byte[] input = new byte[FrameHeader.Size + PayloadBytes];
        for (int i = 0; i < Asks; i++)
        {
            long start = Stopwatch.GetTimestamp();
            new FrameHeader(PayloadBytes, FrameKind.Request, FrameFlags.None, Packet.TypeCode, (ulong)i).Write(output);
            await _socket!.SendAsync(output.AsMemory());
            for (int received = 0; received < input.Length;)
            {
                received += await _socket.ReceiveAsync(input.AsMemory(received));
            }

            _times[i] = Stopwatch.GetElapsedTime(start).TotalMicroseconds;
        }

        return Percentiles();
    }

    public override async Task ReleaseAsync()
    {
        _socket!.Dispose();
        await _node!.DisposeAsync();
    }

    private double[] Percentiles()
    {
        Array.Sort(_times);
        return [_times[Asks / 2], _times[Asks * 99 / 100]];
    }
}
