using System.Diagnostics;
using System.Net.Sockets;
using ActorP2P.Protocol;
using ActorP2P.TestKit;

namespace ActorP2P.Benchmarks;

/// <summary>
/// The time from the dial to the first answer. It is counted in round trips in virtual time, on a link of 50 ms each
/// way where nothing else takes time; and measured in microseconds over loopback, where the baseline is a raw connect
/// and one question.
/// </summary>
internal sealed class DialMeasure(ServerProcess server) : Measure
{
    private const int Dials = 50;
    private const int PayloadBytes = 32;
    private static readonly TimeSpan OneWay = TimeSpan.FromMilliseconds(50);

    private P2PNode? _node;

    public override IReadOnlyList<string> Names { get; } = ["dial-to-reply-us", "dial-to-reply-round-trips"];

    public override async Task PrepareAsync() =>
        _node = await P2PNode.StartAsync(
            BenchTransport.Options with { Listen = null });

    public override async Task<double[]> NodeAsync()
    {
        Packet question = new(new byte[PayloadBytes]);
        Latencies times = new();
        for (int i = 0; i < Dials; i++)
        {
            long start = Stopwatch.GetTimestamp();
            await _node!.AskAsync<Packet>(server.Node, question);
            times.RecordSince(start);

            // The first answer may arrive before the peer is in the list.
            await NodeWithPeers.UntilAsync(_node, 1);
            _ = _node.DisconnectAsync(_node.Peers[0]);
            await NodeWithPeers.UntilAsync(_node, 0);
        }

        return [times.Median, await Task.Run(RoundTrips)];
    }

    public override async Task<double[]> RawAsync()
    {
        Latencies times = new();
        for (int i = 0; i < Dials; i++)
        {
            long start = Stopwatch.GetTimestamp();
            using Socket socket = await RawSocket.ConnectAsync(server.Raw);
            await new RawQuestion(socket, PayloadBytes).AskAsync();
            times.RecordSince(start);
        }

        return [times.Median, double.NaN];
    }

    public override async Task ReleaseAsync() => await _node!.DisposeAsync();

    private static double RoundTrips()
    {
        TimeSpan taken = default;
        Cluster.Of(["dialler", "listener"])
            .Unlinked()
            .LinkedBy(new LinkConditions { Latency = OneWay })
            .Where("listener", protocol => protocol.OnRequest<Packet, Packet>((request, _) => request))
            .Run(async cluster =>
            {
                await cluster.Delay(TimeSpan.FromSeconds(1));
                TimeSpan start = cluster.World.Now;
                await cluster["dialler"].Node.AskAsync<Packet>(
                    cluster["listener"].Address, new Packet(new byte[PayloadBytes]));
                taken = cluster.World.Now - start;
            });
        return taken / (2 * OneWay);
    }
}
