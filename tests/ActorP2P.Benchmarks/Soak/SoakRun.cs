using System.Diagnostics;
using ActorP2P.Protocol;

namespace ActorP2P.Benchmarks;

/// <summary>
/// Runs nodes that connect, ask, tell, broadcast, are cut off and are restarted at random, over TCP in one process. At
/// the end of each minute all traffic stops and no connection is open, so that the held resources can be compared.
/// </summary>
internal sealed class SoakRun(int seed)
{
    private const int Nodes = 6;
    private const int Workers = 8;
    private const int PoolThreads = 12;
    private static readonly TimeSpan Round = TimeSpan.FromMinutes(1);

    // Sessions that drain are no longer listed as peers, but they hold their sockets until both sides have said
    // goodbye.
    private static readonly TimeSpan Silence = new SessionSettings().DrainTimeout + SessionSettings.RefusalTimeout;

    private readonly P2PNode[] _nodes = new P2PNode[Nodes];
    private readonly CuttingTransport _transport = new();
    private readonly SoakTally _tally = new();
    private readonly FaultLog _log = new();

    public static async Task<bool> RunAsync(double minutes)
    {
        int seed = Environment.TickCount;
        Console.WriteLine($"soak of {minutes} minutes over {BenchTransport.NameOf(BenchTransport.Kind)}, seed {seed}");
        return await new SoakRun(seed).SoakAsync(TimeSpan.FromMinutes(minutes));
    }

    private async Task<bool> SoakAsync(TimeSpan duration)
    {
        // Otherwise the load of the machine would decide the number of threads: a busy pool adds threads and keeps
        // them, and each thread keeps pooled arrays. When all threads exist from the start, an additional thread is a
        // leak.
        ThreadPool.SetMinThreads(PoolThreads, PoolThreads);
        ThreadPool.SetMaxThreads(PoolThreads, PoolThreads);
        for (int i = 0; i < Nodes; i++)
        {
            _nodes[i] = await StartAsync();
        }

        // At least two rounds are needed, because the second is compared with the first.
        int rounds = (int)Math.Max(2, Math.Round(duration / Round));
        SoakSample first = default;
        SoakSample last = default;
        for (int i = 1; i <= rounds; i++)
        {
            TimeSpan round = duration / rounds;
            await LiveAsync(round > 2 * Silence ? round - Silence : round, i);
            await FallSilentAsync();
            last = SoakSample.Take();
            first = i == 1 ? last : first;
            Console.WriteLine($"{i} {last} {_tally}");
        }

        bool passed = last.IsNoMoreThan(first) && _log.Faults == 0;
        foreach (P2PNode node in _nodes)
        {
            await node.DisposeAsync();
        }

        Console.WriteLine(passed ? "OK" : $"FAILED: {_log.Faults} faults; after the first round there were {first}");
        return passed;
    }

    private Task<P2PNode> StartAsync() => P2PNode.StartAsync(
        new P2PNodeOptions { NetworkId = "soak", Transport = BenchTransport.Kind },
        protocol => protocol
            .OnRequest<Packet, Packet>((request, _) => request)
            .OnNotify(RawPacket.TypeCode, (_, _) => { })
            .OnBroadcast<Packet>((_, _) => Verdict.Accept),
        new P2PNodeServices { Transport = _transport, LoggerFactory = _log });

    private Task LiveAsync(TimeSpan duration, int round)
    {
        long start = Stopwatch.GetTimestamp();
        return Task.WhenAll(Enumerable.Range(0, Workers).Select(worker => Task.Run(async () =>
        {
            Random random = new(HashCode.Combine(seed, round, worker));
            while (Stopwatch.GetElapsedTime(start) < duration)
            {
                await ActAsync(random);
            }
        })));
    }

    private async Task ActAsync(Random random)
    {
        P2PNode node = _nodes[random.Next(Nodes)];
        Packet packet = new(new byte[random.Next(100) == 0 ? random.Next(500_000) : random.Next(2000)]);
        try
        {
            switch (random.Next(1000))
            {
                case < 20:
                    await node.ConnectAsync(_nodes[random.Next(Nodes)].ListenAddresses[0]);
                    _tally.Connect();
                    break;
                case < 25:
                    _transport.CutOne(random);
                    _tally.Cut();
                    break;
                case < 26:
                    await RestartAsync(random.Next(Nodes));
                    break;
                case < 30 when Some(node, random) is { } peer:
                    _ = node.DisconnectAsync(peer);
                    break;
                case < 100:
                    await node.BroadcastAsync(packet);
                    _tally.Broadcast();
                    break;
                case < 500 when Some(node, random) is { } peer:
                    await node.TellAsync(peer, new RawPacket(packet.Bytes));
                    break;
                default:
                    await AskAsync(node, packet, random);
                    break;
            }
        }
        catch (Exception exception) when (exception is P2PException or ObjectDisposedException)
        {
            // A promise on a cut connection fails with a typed exception. Any other exception ends the soak.
            _tally.Failure();
        }
    }

    private async Task AskAsync(P2PNode node, Packet packet, Random random)
    {
        if (Some(node, random) is { } peer)
        {
            Packet reply = await node.AskAsync<Packet>(peer, packet);
            if (reply.Bytes.Length != packet.Bytes.Length)
            {
                throw new InvalidOperationException("An answer does not fit its question.");
            }

            _tally.Answer();
        }
    }

    private async Task RestartAsync(int index)
    {
        // Only one worker may take a node away. To the others the node has stopped, which is a normal outcome.
        P2PNode successor = await StartAsync();
        P2PNode node = Interlocked.Exchange(ref _nodes[index], successor);
        await node.DisposeAsync();
        _tally.Restart();
    }

    private static Peer? Some(P2PNode node, Random random)
    {
        IReadOnlyList<Peer> peers = node.Peers;
        return peers.Count > 0 ? peers[random.Next(peers.Count)] : null;
    }

    private async Task FallSilentAsync()
    {
        long start = Stopwatch.GetTimestamp();
        while (_nodes.Any(node => node.Peers.Count > 0))
        {
            foreach (P2PNode node in _nodes)
            {
                foreach (Peer peer in node.Peers)
                {
                    _ = node.DisconnectAsync(peer);
                }
            }

            if (Stopwatch.GetElapsedTime(start) > TimeSpan.FromMinutes(1))
            {
                throw new TimeoutException("Connections do not end.");
            }

            await Task.Delay(TimeSpan.FromMilliseconds(100));
        }

        await Task.Delay(Silence);
    }
}
