using ActorP2P.TestKit;

namespace ActorP2P.Tests.Api;

/// <summary>What a program sees of a connection: the peer, its statistics, and its end.</summary>
public sealed class ConnectionTests
{
    [Fact]
    public void A_disconnect_completes_when_the_connection_has_ended() => ClientAndServer.Of().Run(async cluster =>
    {
        (P2PNode client, P2PNode server, Peer peer) = await ClientAndServer.ConnectAsync(cluster);
        using NodeEvents events = client.Events();

        await client.DisconnectAsync(peer);

        Assert.True(events.TryRead(out NodeEvent? end));
        Assert.Equal(DisconnectReason.ApplicationClosed, Assert.IsType<PeerDisconnected>(end).Reason);
        Assert.Empty(client.Peers);
        await client.DisconnectAsync(peer);
        await server.DisposeAsync();
    });

    [Fact]
    public void A_disconnect_ends_with_its_node() => ClientAndServer.Of().Run(async cluster =>
    {
        (P2PNode client, _, Peer peer) = await ClientAndServer.ConnectAsync(cluster);
        Task disconnected = client.DisconnectAsync(peer);

        await client.DisposeAsync();

        await disconnected;
        await client.DisconnectAsync(peer);
    });

    [Fact]
    public void A_connection_has_one_peer()
    {
        Peer? asking = null;
        ClientAndServer.Of(protocol => protocol.OnRequest<Text, Text>((request, context) =>
        {
            asking = context.Peer;
            return new Text(context.Node.Id.ToString());
        })).Run(async cluster =>
        {
            P2PNode client = cluster["client"].Node;
            P2PNode server = cluster["server"].Node;
            using NodeEvents ofClient = client.Events();
            using NodeEvents ofServer = server.Events();

            // The request follows the hello immediately, so the handler gets the peer before the connection is ready.
            Text answer = await client.AskAsync<Text>(server.ListenAddresses[0], new Text("?"));

            Assert.Equal(server.Id.ToString(), answer.Value);
            Assert.Same(asking, (await ofServer.ReadAsync<PeerConnected>()).Peer);
            Peer peer = (await ofClient.ReadAsync<PeerConnected>()).Peer;
            Assert.Same(peer, client.Peers[0]);
            Assert.Same(peer, await client.ConnectAsync(server.ListenAddresses[0]));
            await client.DisconnectAsync(peer);
            Assert.NotEqual(peer, await client.ConnectAsync(server.ListenAddresses[0]));
        });
    }

    [Fact]
    public void Peer_statistics_count_bytes_and_frames() => ClientAndServer.Of().LinkedBy(
        new LinkConditions { Latency = TimeSpan.FromMilliseconds(50) }).Run(async cluster =>
    {
        (P2PNode client, P2PNode server, Peer peer) = await ClientAndServer.ConnectAsync(cluster);
        PeerStatistics before = peer.Statistics;
        await Task.Delay(TimeSpan.FromSeconds(5), cluster.World.TimeProvider);

        await client.AskAsync<Text>(peer, new Text(new string('x', 1000)));

        PeerStatistics after = peer.Statistics;
        Assert.Equal(TimeSpan.FromMilliseconds(100), after.RoundTrip);
        Assert.Equal(before.ConnectedSince, after.ConnectedSince);
        Assert.Equal(TimeSpan.FromSeconds(5.1), after.LastReceived - before.LastReceived);
        Assert.Equal((1, 1), (after.FramesSent - before.FramesSent, after.FramesReceived - before.FramesReceived));
        Assert.InRange(after.BytesSent - before.BytesSent, 1000, 1100);
        Assert.InRange(after.BytesReceived - before.BytesReceived, 1000, 1100);
        Assert.Equal((0, 0, 0), (after.QueuedHigh, after.QueuedNormal, after.QueuedBulk));
        Assert.Equal(server.Peers[0].Statistics.BytesReceived, after.BytesSent);
    });

    [Fact]
    public void Peer_statistics_count_messages_of_each_kind() => ClientAndServer.Of(protocol => protocol
        .OnRequest<Text, Text>((request, _) => request.Value == "no" ? throw new InvalidOperationException() : request)
        .OnNotify<Blob>((_, _) => { })
        .OnBroadcast<Text>((_, _) => Verdict.Accept)).Run(async cluster =>
    {
        (P2PNode client, P2PNode server, Peer peer) = await ClientAndServer.ConnectAsync(cluster);
        await client.AskAsync<Text>(peer, new Text("yes"));
        await Assert.ThrowsAsync<AskException>(() => client.AskAsync<Text>(peer, new Text("no")));
        await client.TellAsync(peer, new Blob(new byte[10]));
        await client.TellAsync(peer, new Blob(new byte[200_000]));
        await client.BroadcastAsync(new Text("news"));
        await Task.Delay(TimeSpan.FromSeconds(1), cluster.World.TimeProvider);

        MessageStatistics sent = peer.Statistics.Sent;
        MessageStatistics received = peer.Statistics.Received;
        Assert.Equal((2, 0, 2, 1), (sent.Requests, sent.Responses, sent.Notifies, sent.Broadcasts));
        Assert.Equal((0, 2, 0, 0), (received.Requests, received.Responses, received.Notifies, received.Broadcasts));
        Assert.InRange(sent.NotifyBytes, 200_010, 200_100);
        Assert.Equal(sent, server.Peers[0].Statistics.Received);
        Assert.Equal(received, server.Peers[0].Statistics.Sent);
    });

    [Fact]
    public void Peer_statistics_show_the_queue_of_each_lane() =>
        ClientAndServer.Of(protocol => protocol.OnNotify<Blob>((_, _) => { }))
        .Run(async cluster =>
        {
            (P2PNode client, _, Peer peer) = await ClientAndServer.ConnectAsync(cluster);
            cluster.Faults.ReadRate("server", 0);
            while (client.TryTell(peer, new Blob(new byte[10_000]), new() { Lane = Lane.Bulk }) == SendResult.Accepted)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(1), cluster.World.TimeProvider);
            }

            PeerStatistics waiting = peer.Statistics;
            Assert.Equal((0, 0), (waiting.QueuedHigh, waiting.QueuedNormal));
            Assert.InRange(waiting.QueuedBulk, 500_000, 1_100_000);
            Assert.True(waiting.HeldBytes >= waiting.QueuedBulk);
            cluster.Faults.ReadRate("server", 100_000_000);
        });
}
