using System.Collections.Concurrent;
using ActorP2P.Protocol;

namespace ActorP2P.Tests.Hostile;

/// <summary>
/// Every awaitable operation while the thing that it waits for goes away: each ends with a typed outcome, and no socket
/// stays open.
/// </summary>
[Collection(SocketsCollection.Name)]
public sealed class StopRaceTests
{
    // Together they use more than half of the credit for broadcasts.
    private const int LongCount = 8;
    private const int Long = 60_000;

    private static readonly TimeSpan Guard = TimeSpan.FromSeconds(30);

    [Theory]
    [InlineData(Network.Sockets, 1)]
    [InlineData(Network.Sockets, 2)]
    [InlineData(Network.AkkaIo, 1)]
    [InlineData(Network.AkkaIo, 2)]
    public Task Random_operations_and_stops_all_end(Network network, int seed) =>
        SocketArena.RunAsync(async _ =>
    {
        ConcurrentBag<Task> all = [];
        P2PNode[] servers = [await StartAsync(network), await StartAsync(network), await StartAsync(network)];
        P2PNode client = await StartAsync(network);
        Task[] workers =
            [.. Enumerable.Range(0, 4)
                .Select(i => Task.Run(() => WorkAsync(new Random((seed * 100) + i), network, client, servers, all)))];
        await Task.WhenAll(workers);
        foreach (P2PNode node in (P2PNode[])[.. servers, client])
        {
            await node.DisposeAsync();
        }

        foreach (Task task in all)
        {
            await RestartTests.EndsAsync(task.WaitAsync(Guard));
        }
    }, network);

    [Theory]
    [InlineData(Network.Sockets)]
    [InlineData(Network.AkkaIo)]
    public Task Every_operation_during_the_stop_of_a_node_ends(Network network) => SocketArena.RunAsync(async _ =>
    {
        await using P2PNode server = await StartAsync(network);
        for (int round = 0; round < 30; round++)
        {
            P2PNode node = await StartAsync(network);
            Peer peer = await node.ConnectAsync(server.ListenAddresses[0]);
            TaskCompletionSource stop = new(TaskCreationOptions.RunContinuationsAsynchronously);
            Task<Task[]>[] askers =
                [.. Enumerable.Range(0, 2).Select(_ => Task.Run(() => FloodAsync(node, peer, server, stop)))];
            await stop.Task;
            await node.DisposeAsync();

            foreach (Task[] asked in await Task.WhenAll(askers))
            {
                foreach (Task task in asked)
                {
                    await RestartTests.EndsAsync(task.WaitAsync(Guard));
                }
            }
        }
    }, network);

    // This does not run over Akka.IO; see "What differs" in docs/internals/architecture.md.
    [Theory]
    [InlineData(Network.Sockets)]
    public Task Connections_that_arrive_while_a_node_stops_are_closed(Network network) =>
        SocketArena.RunAsync(async _ =>
    {
        for (int round = 0; round < 20; round++)
        {
            P2PNode node = await StartAsync(network);
            PeerAddress address = node.ListenAddresses[0];
            Task<RawPeer?>[] dials = [.. Enumerable.Range(0, 20).Select(_ => TryDialAsync(address))];
            await dials[0];
            Task stopping = node.DisposeAsync().AsTask();
            foreach (RawPeer? raw in await Task.WhenAll(dials).WaitAsync(Guard))
            {
                // The test waits for the end of the stream. A connection without an owner would never give it.
                await (raw?.ReadToEndAsync() ?? Task.FromResult<IReadOnlyList<RawFrame>>([])).WaitAsync(Guard);
                raw?.Dispose();
            }

            await stopping.WaitAsync(Guard);
        }
    }, network);

    [Theory]
    [InlineData(Network.Sockets)]
    [InlineData(Network.AkkaIo)]
    public Task A_broadcaster_that_fails_returns_the_credit(Network network) =>
        SocketArena.RunAsync(async _ =>
    {
        using ManualResetEventSlim judgement = new();
        LogRecorder log = new();
        int judged = 0;
        TaskCompletionSource allLong = new(TaskCreationOptions.RunContinuationsAsynchronously);
        await using P2PNode server = await P2PNode.StartAsync(
            SettingsOf(network), protocol => protocol.OnBroadcast<Text>((text, _) =>
        {
            judgement.Wait(Guard);
            if (text.Value.Length == Long && Interlocked.Increment(ref judged) == LongCount)
            {
                allLong.SetResult();
            }

            return Verdict.Accept;
        }), new P2PNodeServices { LoggerFactory = log });
        await using P2PNode client = await StartAsync(network);
        await client.ConnectAsync(server.ListenAddresses[0]);

        // One broadcast is being judged and the others wait behind it; together they hold nearly all credit.
        await BroadcastAsync(client, count: 50, length: 5_000);
        await SocketArena.UntilAsync(() => server.Statistics.BroadcastsReceived == 50);
        RestartTests.Fail(server, "broadcaster");
        await log.FirstError.WaitAsync(Guard);
        judgement.Set();

        // Without returned credit these broadcasts would never arrive.
        await BroadcastAsync(client, LongCount, Long);
        await allLong.Task.WaitAsync(Guard);
    }, network);

    private static async Task BroadcastAsync(P2PNode node, int count, int length)
    {
        for (int i = 0; i < count; i++)
        {
            await node.BroadcastAsync(new Text(new string('x', length)));
        }
    }

    private static async Task WorkAsync(
        Random random, Network network, P2PNode client, P2PNode[] servers, ConcurrentBag<Task> all)
    {
        for (int step = 0; step < 400; step++)
        {
            int target = random.Next(servers.Length);
            P2PNode server = Volatile.Read(ref servers[target]);
            IReadOnlyList<Peer> peers = client.Peers;
            Peer? peer = peers.Count > 0 ? peers[random.Next(peers.Count)] : null;
            switch (random.Next(20))
            {
                case 0:
                    all.Add(
                        Interlocked.Exchange(ref servers[target], await StartAsync(network)).DisposeAsync().AsTask());
                    break;
                case 1 when peer is not null:
                    _ = client.DisconnectAsync(peer);
                    break;
                case < 6:
                    all.Add(
                        client.ConnectAsync(server.ListenAddresses is [PeerAddress address]
                            ? address : client.ListenAddresses[0]));
                    break;
                case < 9:
                    all.Add(client.BroadcastAsync(new Text($"{step}")));
                    break;
                case < 12 when peer is not null:
                    all.Add(client.TellAsync(peer, new Text($"{step}")));
                    break;
                case < 19 when peer is not null:
                    all.Add(client.AskAsync<Text>(peer, new Text($"{step}")));
                    break;
                default:
                    await Task.Yield();
                    break;
            }
        }
    }

    /// <summary>Calls every operation of a node until it has stopped and a little longer.</summary>
    private static async Task<Task[]> FloodAsync(P2PNode node, Peer peer, P2PNode server, TaskCompletionSource stop)
    {
        List<Task> asked = [];
        for (int after = 0; after < 20; after += node.Completion.IsCompleted ? 1 : 0)
        {
            if (asked.Count < 4_000)
            {
                asked.Add(node.AskAsync<Text>(peer, new Text("x")));
                asked.Add(node.TellAsync(peer, new Text("x")));
                asked.Add(node.BroadcastAsync(new Text("x")));
                asked.Add(node.ConnectAsync(new PeerAddress("127.0.0.1", server.ListenAddresses[0].Port)));
            }

            if (asked.Count == 40)
            {
                stop.TrySetResult();
            }

            await Task.Yield();
        }

        return [.. asked];
    }

    private static async Task<RawPeer?> TryDialAsync(PeerAddress address)
    {
        try
        {
            return new RawPeer(await SocketWire.DialAsync(address));
        }
        catch (System.Net.Sockets.SocketException)
        {
            // The call came too late, and the system has refused it.
            return null;
        }
    }

    private static P2PNodeOptions SettingsOf(Network network) => new()
    {
        Transport = network == Network.AkkaIo ? TransportKind.AkkaIo : TransportKind.Sockets,
        Encryption = Encryption.Off,
    };

    private static Task<P2PNode> StartAsync(Network network) =>
        P2PNode.StartAsync(SettingsOf(network), protocol => protocol
        .OnRequest<Text, Text>((request, _) => request)
        .OnNotify<Text>((_, _) => { })
        .OnBroadcast<Text>((_, _) => Verdict.Accept));
}
