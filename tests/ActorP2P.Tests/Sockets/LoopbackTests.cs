using ActorP2P.Protocol;
using ActorP2P.Tests.Transports;

namespace ActorP2P.Tests;

[Collection(SocketsCollection.Name)]
public sealed class LoopbackTests
{
    // The test reaches this limit only when something hangs.
    private static readonly TimeSpan Guard = TimeSpan.FromSeconds(30);

    [Theory]
    [InlineData(TransportKind.Sockets, TransportKind.Sockets)]
    [InlineData(TransportKind.AkkaIo, TransportKind.AkkaIo)]
    [InlineData(TransportKind.Sockets, TransportKind.AkkaIo)]
    [InlineData(TransportKind.AkkaIo, TransportKind.Sockets)]
    public async Task Asks_notifies_and_broadcasts_arrive_over_loopback(TransportKind listens, TransportKind dials)
    {
        TaskCompletionSource<string> notified = new(TaskCreationOptions.RunContinuationsAsynchronously);
        TaskCompletionSource<string> heard = new(TaskCreationOptions.RunContinuationsAsynchronously);
        await using P2PNode server = await P2PNode.StartAsync(
            new P2PNodeOptions { Transport = listens }, protocol => protocol
            .OnRequest<Text, Text>((request, _) => new Text($"echo {request.Value}"))
            .OnNotify<Text>((message, _) => notified.SetResult(message.Value))
            .OnBroadcast<Text>((message, _) =>
            {
                heard.SetResult(message.Value);
                return Verdict.Accept;
            }));
        await using P2PNode client = await P2PNode.StartAsync(new P2PNodeOptions { Listen = null, Transport = dials });
        Peer peer = await client.ConnectAsync(server.ListenAddresses[0]).WaitAsync(Guard);

        Text reply = await client.AskAsync<Text>(peer, new Text("one")).WaitAsync(Guard);
        await client.TellAsync(peer, new Text("two")).WaitAsync(Guard);
        int peers = await client.BroadcastAsync(new Text("three")).WaitAsync(Guard);

        Assert.Equal("echo one", reply.Value);
        Assert.Equal("two", await notified.Task.WaitAsync(Guard));
        Assert.Equal("three", await heard.Task.WaitAsync(Guard));
        Assert.Equal(1, peers);
    }

    [Theory]
    [ClassData(typeof(BothTransports))]
    public async Task Large_messages_cross_both_ways_at_once(TransportKind kind)
    {
        byte[] bytes = new byte[5_000_000];
        new Random(3).NextBytes(bytes);
        void EchoBlobs(ProtocolBuilder protocol) => protocol.OnRequest<Blob, Blob>((request, _) => request);
        await using P2PNode a = await P2PNode.StartAsync(new P2PNodeOptions { Transport = kind }, EchoBlobs);
        await using P2PNode b = await P2PNode.StartAsync(new P2PNodeOptions { Transport = kind }, EchoBlobs);
        using NodeEvents events = b.Events();
        Peer toB = await a.ConnectAsync(b.ListenAddresses[0]).WaitAsync(Guard);
        Peer toA = (await events.ReadAsync<PeerConnected>().AsTask().WaitAsync(Guard)).Peer;

        Task<Blob>[] asks = [.. Enumerable.Range(0, 8).Select(i => i % 2 == 0
            ? a.AskAsync<Blob>(toB, new Blob(bytes))
            : b.AskAsync<Blob>(toA, new Blob(bytes)))];

        foreach (Blob reply in await Task.WhenAll(asks).WaitAsync(Guard))
        {
            Assert.Equal(bytes, reply.Bytes);
        }
    }

    [Theory]
    [ClassData(typeof(BothTransports))]
    public async Task A_thousand_asks_at_once_are_all_answered_right(TransportKind kind)
    {
        await using P2PNode server = await P2PNode.StartAsync(
            new P2PNodeOptions { Transport = kind }, EchoProtocol.Register);
        await using P2PNode client = await P2PNode.StartAsync(new P2PNodeOptions { Transport = kind });
        Peer peer = await client.ConnectAsync(server.ListenAddresses[0]).WaitAsync(Guard);

        Text[] replies = await Task.WhenAll(
            Enumerable.Range(0, 1_000).Select(i => client.AskAsync<Text>(peer, new Text($"{i}")))).WaitAsync(Guard);

        Assert.Equal(Enumerable.Range(0, 1_000).Select(i => $"echo {i}"), replies.Select(reply => reply.Value));
        Assert.Equal(0, client.Statistics.UnexpectedResponses);
    }

    [Theory]
    [ClassData(typeof(BothTransports))]
    public async Task A_port_in_use_is_a_clear_error(TransportKind kind)
    {
        P2PNode first = await P2PNode.StartAsync(new P2PNodeOptions { Transport = kind }, EchoProtocol.Register);
        PeerAddress address = first.ListenAddresses[0].WithoutId;

        NodeStoppedException failure = await Assert.ThrowsAsync<NodeStoppedException>(
            () => P2PNode.StartAsync(new P2PNodeOptions { Listen = address, Transport = kind }));
        Assert.Contains($"{address}", failure.Message, StringComparison.Ordinal);
        Assert.Contains("AddressInUse", failure.Message, StringComparison.Ordinal);

        for (int i = 0; i < 2; i++)
        {
            await using P2PNode client = await P2PNode.StartAsync(
                new P2PNodeOptions { Listen = null, Transport = kind });
            Assert.Equal("echo x", (await client.AskAsync<Text>(address, new Text("x")).WaitAsync(Guard)).Value);
            await first.DisposeAsync();
            first = await P2PNode.StartAsync(
                new P2PNodeOptions { Listen = address, Transport = kind }, EchoProtocol.Register);
        }

        await first.DisposeAsync();
    }

    [Theory]
    [ClassData(typeof(BothTransports))]
    public async Task A_node_that_stops_under_load_ends_asks_and_frees_its_port(TransportKind kind)
    {
        P2PNode server = await P2PNode.StartAsync(new P2PNodeOptions { Transport = kind }, EchoProtocol.Register);
        PeerAddress address = server.ListenAddresses[0].WithoutId;
        for (int round = 0; round < 2; round++)
        {
            await using P2PNode client = await P2PNode.StartAsync(
                new P2PNodeOptions { Listen = null, Transport = kind });
            Peer peer = await client.ConnectAsync(address).WaitAsync(Guard);
            Assert.Equal("echo x", (await client.AskAsync<Text>(peer, new Text("x")).WaitAsync(Guard)).Value);
            Task[] asks =
                [.. Enumerable.Range(0, 100)
                    .Select(i => Task.Run(() => client.AskAsync<Text>(peer, new Text($"{i}"))))];
            await server.DisposeAsync();
            server = await P2PNode.StartAsync(
                new P2PNodeOptions { Listen = address, Transport = kind }, EchoProtocol.Register);
            foreach (Task ask in asks)
            {
                // Asks that were sent after the goodbye end with this failure.
                Exception? end = await Record.ExceptionAsync(() => ask.WaitAsync(Guard));
                Assert.True(end is null or P2PException, $"{end}");
            }
        }

        await server.DisposeAsync();
    }

    [Theory]
    [ClassData(typeof(BothTransports))]
    public async Task A_refused_dial_is_typed(TransportKind kind)
    {
        P2PNode gone = await P2PNode.StartAsync(new P2PNodeOptions { Transport = kind });
        PeerAddress address = gone.ListenAddresses[0];
        await gone.DisposeAsync();
        await using P2PNode client = await P2PNode.StartAsync(new P2PNodeOptions { Listen = null, Transport = kind });

        ConnectException failure = await Assert.ThrowsAsync<ConnectException>(
            () => client.ConnectAsync(address).WaitAsync(Guard));

        Assert.Equal(ConnectFailure.Refused, failure.Reason);
        Assert.Equal(address, failure.Address);
    }
}
