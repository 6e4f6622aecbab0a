using ActorP2P.Protocol;
using ActorP2P.Tests.Hostile;

namespace ActorP2P.Tests.Faults;

/// <summary>Connections that are asked early, arrive in crowds, arrive twice, or are not wanted any more.</summary>
public sealed class ConnectTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(5)]
    [InlineData(15)]
    [InlineData(25)]
    public void A_connect_that_is_cancelled_leaves_no_connection(int milliseconds) =>
        Run(async (mesh, client, server) =>
    {
        using CancellationTokenSource source = new(TimeSpan.FromMilliseconds(milliseconds + 1),
            mesh.World.TimeProvider);
        if (milliseconds == 0)
        {
            source.Cancel();
        }

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => client.ConnectAsync(server.ListenAddresses[0], source.Token));
        await Task.Delay(TimeSpan.FromSeconds(10), mesh.World.TimeProvider);

        Assert.Empty(client.Peers);
        Assert.Empty(server.Peers);
    });

    [Fact]
    public void A_connect_behind_a_disconnect_gives_a_new_connection() => Run(async (mesh, client, server) =>
    {
        Peer first = await client.ConnectAsync(server.ListenAddresses[0]);

        _ = client.DisconnectAsync(first);
        Peer second = await client.ConnectAsync(server.ListenAddresses[0]);

        Assert.NotSame(first, second);
        Assert.Equal("echo x", (await client.AskAsync<Text>(second, new Text("x"))).Value);
    });

    [Fact]
    public void A_cancelled_connect_leaves_the_connection_to_others_who_wait() => Run(async (mesh, client, server) =>
    {
        using CancellationTokenSource source = new(TimeSpan.FromMilliseconds(5), mesh.World.TimeProvider);
        Task<Peer> cancelled = client.ConnectAsync(server.ListenAddresses[0], source.Token);
        Task<Peer> waited = client.ConnectAsync(server.ListenAddresses[0]);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => cancelled);
        Peer peer = await waited;
        await Task.Delay(TimeSpan.FromSeconds(10), mesh.World.TimeProvider);

        Assert.Equal("echo x", (await client.AskAsync<Text>(peer, new Text("x"))).Value);
    });

    [Fact]
    public void A_cancelled_connect_leaves_a_bootstrap_node_connected()
    {
        VirtualMesh mesh = new();
        mesh.Run(async () =>
        {
            await using P2PNode server = await mesh.StartAsync("server", EchoProtocol.Register);
            await using P2PNode client = await mesh.StartAsync("client", bootstrap: ["server"]);
            using CancellationTokenSource source = new(TimeSpan.FromMilliseconds(5), mesh.World.TimeProvider);

            await Assert.ThrowsAnyAsync<OperationCanceledException>(
                () => client.ConnectAsync(server.ListenAddresses[0], source.Token));
            await Task.Delay(TimeSpan.FromSeconds(10), mesh.World.TimeProvider);

            Assert.Single(client.Peers);
        });
    }

    [Fact]
    public void A_long_request_waits_until_the_connection_is_ready() => Run(async (mesh, client, server) =>
    {
        byte[] bytes = new byte[SessionSettings.MaxEarlyRequest + 1];
        Blob reply = await client.AskAsync<Blob>(server.ListenAddresses[0], new Blob(bytes));
        Assert.Equal(bytes.Length, reply.Bytes.Length);
    });

    [Fact]
    public void A_long_request_to_a_node_that_refuses_ends_typed()
    {
        VirtualMesh mesh = new();
        mesh.Run(async () =>
        {
            await using P2PNode server = await mesh.StartAsync(
                "server", change: settings => settings with { NetworkId = "other" });
            await using P2PNode client = await mesh.StartAsync("client");
            byte[] bytes = new byte[SessionSettings.MaxEarlyRequest + 1];

            AskException end = await Assert.ThrowsAsync<AskException>(
                () => client.AskAsync<Blob>(server.ListenAddresses[0], new Blob(bytes)));

            Assert.Equal(DisconnectReason.WrongNetwork, end.End!.Reason);
        });
    }

    [Theory]
    [InlineData(32)]
    [InlineData(40)]
    public void A_ready_connection_is_never_cut_as_half_open(int slots)
    {
        VirtualMesh mesh = new();
        mesh.Run(async () =>
        {
            await using P2PNode server = await mesh.StartAsync(
                "server", change: settings => settings with { MaxHalfOpen = slots, MaxConnections = 1_000 });
            using NodeEvents events = server.Events(100_000);

            // The waves are as far apart as the latency of one hop: one becomes ready while the next arrives.
            P2PNode[] crowd = await Task.WhenAll(Enumerable.Range(0, 100).Select(i => StartLaterAsync(mesh, i)));
            await Task.Delay(TimeSpan.FromMinutes(2), mesh.World.TimeProvider);

            List<NodeEvent> happened = [];
            while (events.TryRead(out NodeEvent? next))
            {
                happened.Add(next);
            }

            Assert.DoesNotContain(happened, next => next is PeerDisconnected);
            Assert.All(crowd, node => Assert.Single(node.Peers));
            foreach (P2PNode node in crowd)
            {
                await node.DisposeAsync();
            }
        });
    }

    [Fact]
    public void A_peer_with_two_connections_gets_each_broadcast_once()
    {
        VirtualMesh mesh = new();
        mesh.Run(async () =>
        {
            int heard = 0;
            void Hear(ProtocolBuilder protocol) => protocol.OnBroadcast<Text>((_, _) =>
            {
                heard++;
                return Verdict.Accept;
            });
            await using P2PNode a = await mesh.StartAsync("a", Hear, bootstrap: ["b"]);
            await using P2PNode b = await mesh.StartAsync("b", Hear, bootstrap: ["a"]);
            await Task.Delay(TimeSpan.FromMinutes(1), mesh.World.TimeProvider);
            Assert.Equal((2, 2), (a.Peers.Count, b.Peers.Count));

            Assert.Equal(1, await a.BroadcastAsync(new Text("one")));
            await b.BroadcastAsync(new Text("two"));
            await Task.Delay(TimeSpan.FromMinutes(1), mesh.World.TimeProvider);

            Assert.Equal(2, heard);
            Assert.Equal((0L, 0L), (a.Statistics.DuplicateBroadcasts, b.Statistics.DuplicateBroadcasts));

            // When one connection ends, the other takes its place.
            _ = a.DisconnectAsync(a.Peers[0]);
            await Task.Delay(TimeSpan.FromSeconds(1), mesh.World.TimeProvider);
            await a.BroadcastAsync(new Text("three"));
            await Task.Delay(TimeSpan.FromMinutes(1), mesh.World.TimeProvider);
            Assert.Equal(3, heard);
        });
    }

    private static async Task<P2PNode> StartLaterAsync(VirtualMesh mesh, int number)
    {
        await Task.Delay(TimeSpan.FromMilliseconds(10) * (number / 10), mesh.World.TimeProvider);
        return await mesh.StartAsync($"peer{number}", bootstrap: ["server"]);
    }

    private static void Run(Func<VirtualMesh, P2PNode, P2PNode, Task> scenario)
    {
        VirtualMesh mesh = new();
        mesh.Run(async () =>
        {
            await using P2PNode server = await mesh.StartAsync("server", protocol => protocol
                .OnRequest<Text, Text>((request, _) => new Text($"echo {request.Value}"))
                .OnRequest<Blob, Blob>((request, _) => request));
            await using P2PNode client = await mesh.StartAsync("client");
            await scenario(mesh, client, server);
        });
    }
}
