using System.Diagnostics;
using ActorP2P.Protocol;

namespace ActorP2P.Benchmarks;

/// <summary>
/// Tells the same number of 1 KiB messages in turn to 1, 8, 64 or 512 peers whose far ends only count bytes. The
/// baseline copies the same frames into a buffer of 64 KiB for each connection. The shares compare each rate with the
/// rate for one peer: a ratio of 1 means that more peers slow the node down as little as they do the baseline.
/// </summary>
internal sealed class ScaleMeasure(ServerProcess server, int messages) : Measure
{
    private const int PayloadBytes = 1024;
    private const int FrameBytes = FrameHeader.Size + PayloadBytes;
    private static readonly int[] s_counts = [1, 8, 64, 512];

    private readonly List<P2PNode> _nodes = [];
    private readonly List<RawConnections> _raw = [];
    private readonly List<RawFanOut> _fanOuts = [];

    public override IReadOnlyList<string> Names { get; } =
    [
        .. s_counts.Select(count => $"scale-x{count}-1KiB-k/s"),
        .. s_counts.Select(count => $"scale-x{count}-1KiB-sender-cpu-ns/msg"),
        .. s_counts.Skip(1).Select(count => $"scale-x{count}-of-x1-share"),
    ];

    public override async Task PrepareAsync()
    {
        foreach (int count in s_counts)
        {
            _nodes.Add(await NodeWithPeers.StartAsync(server, count));
            _raw.Add(await RawConnections.AcceptAsync(server, count));
            _fanOuts.Add(new RawFanOut(_raw[^1].Sockets));
        }
    }

    public override Task<double[]> NodeAsync() => SampleAsync(i => _nodes[i].ListenAddresses[0].Port, TellAsync);

    public override Task<double[]> RawAsync() => SampleAsync(i => _raw[i].Port, SendRawAsync);

    public override async Task ReleaseAsync()
    {
        for (int i = 0; i < s_counts.Length; i++)
        {
            await _raw[i].DisposeAsync();
            await NodeWithPeers.StopAsync(server, _nodes[i]);
        }
    }

    private async Task<double[]> SampleAsync(Func<int, int> port, Func<int, Task> send)
    {
        double[] rates = new double[s_counts.Length];
        double[] cpu = new double[s_counts.Length];
        for (int i = 0; i < s_counts.Length; i++)
        {
            await server.OrderAsync("reset");
            Usage before = Usage.Now();
            long start = Stopwatch.GetTimestamp();
            await send(i);
            await server.OrderAsync($"await far {port(i)} {(long)messages / s_counts[i] * FrameBytes}");
            rates[i] = messages / 1e3 / Stopwatch.GetElapsedTime(start).TotalSeconds;
            cpu[i] = (Usage.Now() - before).Cpu.TotalNanoseconds / messages;
        }

        return [.. rates, .. cpu, .. rates.Skip(1).Select(rate => rate / rates[0])];
    }

    private async Task TellAsync(int index)
    {
        IReadOnlyList<Peer> peers = _nodes[index].Peers;
        RawPacket message = new(new byte[PayloadBytes]);
        for (int i = 0; i < messages; i++)
        {
            await _nodes[index].TellAsync(peers[i % peers.Count], message);
        }
    }

    private Task SendRawAsync(int index) => _fanOuts[index].SendAsync(new byte[FrameBytes], messages / s_counts[index]);
}
