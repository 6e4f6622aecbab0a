using Akka.Actor;
using ActorP2P.Protocol;
using ActorP2P.Tests.Hostile;

namespace ActorP2P.Tests.Faults;

/// <summary>The actor system ends while a node runs in it, or the node's manager ends.</summary>
public sealed class SystemEndTests
{
    [Fact]
    public void A_host_that_stops_lets_its_node_say_goodbye() => Run(async (mesh, client, server, peer) =>
    {
        using NodeEvents events = server.Events();
        Task<Text> ask = client.AskAsync<Text>(peer, new Text("slow"));
        await Task.Delay(TimeSpan.FromSeconds(1), mesh.World.TimeProvider);

        _ = CoordinatedShutdown.Get(client.ActorSystem).Run(CoordinatedShutdown.ActorSystemTerminateReason.Instance);

        // The pending request is answered first, and then the goodbye follows.
        Assert.Equal("slow", (await ask).Value);
        Assert.Equal(DisconnectReason.ShuttingDown, (await events.ReadAsync<PeerDisconnected>()).Reason);
        NodeStoppedException end = await Assert.ThrowsAsync<NodeStoppedException>(() => client.Completion);
        Assert.Contains("shut down", end.Message, StringComparison.Ordinal);
    });

    [Fact]
    public void A_system_that_ends_under_its_node_ends_it_typed() => Run(async (mesh, client, server, peer) =>
    {
        using NodeEvents events = client.Events();
        Task<Text> ask = client.AskAsync<Text>(peer, new Text("slow"));
        Task<Peer> connect = client.ConnectAsync(new PeerAddress("elsewhere", 1));
        await Task.Delay(TimeSpan.FromMilliseconds(5), mesh.World.TimeProvider);

        _ = client.ActorSystem.Terminate();

        await Assert.ThrowsAsync<NodeStoppedException>(() => client.Completion);
        await Assert.ThrowsAsync<AskException>(() => ask);
        await Assert.ThrowsAsync<ConnectException>(() => connect);
        await AssertEverythingEndsAsync(client, peer);
        await AssertEndsAsync(events);
    });

    [Fact]
    public void A_manager_that_is_stopped_from_outside_ends_its_node_typed() =>
        Run(async (mesh, client, server, peer) =>
    {
        using NodeEvents events = client.Events();
        Task<Text> ask = client.AskAsync<Text>(peer, new Text("slow"));

        client.ActorSystem.Stop(client.Manager);

        NodeStoppedException end = await Assert.ThrowsAsync<NodeStoppedException>(() => client.Completion);
        Assert.Contains("outside", end.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<AskException>(() => ask);
        await AssertEverythingEndsAsync(client, peer);
        await AssertEndsAsync(events);
    });

    [Fact]
    public void A_node_that_is_disposed_completes_without_fault() => Run(async (mesh, client, server, peer) =>
    {
        using NodeEvents events = client.Events();
        await Task.WhenAll(client.DisposeAsync().AsTask(), client.DisposeAsync().AsTask());
        await client.Completion;
        await client.DisposeAsync();
        await AssertEverythingEndsAsync(client, peer);
        await AssertEndsAsync(events);
    });

    [Fact]
    public void A_name_that_is_taken_is_refused_typed()
    {
        VirtualMesh mesh = new();
        mesh.Run(async () =>
        {
            await using P2PNode first = await mesh.StartAsync("first");
            P2PNodeServices again = new()
            {
                ActorSystem = first.ActorSystem,
                Transport = mesh.CreateTransport("second"),
                TimeProvider = mesh.World.TimeProvider,
                Seed = mesh.World.Seed + 1,
                Identity = NodeIdentity.WithoutKey(first.Id),
            };

            NodeStoppedException taken = await Assert.ThrowsAsync<NodeStoppedException>(
                () => P2PNode.StartAsync(new P2PNodeOptions { Listen = null }, null, again));

            Assert.Contains(first.Manager.Path.Name, taken.Message, StringComparison.Ordinal);
            Assert.False(first.Completion.IsCompleted);
        });
    }

    [Fact]
    public void A_node_cannot_start_in_a_system_that_has_ended()
    {
        VirtualMesh mesh = new();
        mesh.Run(async () =>
        {
            P2PNode first = await mesh.StartAsync("first");
            await first.ActorSystem.Terminate();
            P2PNodeServices ended = new() { ActorSystem = first.ActorSystem, TimeProvider = mesh.World.TimeProvider };
            await Assert.ThrowsAsync<NodeStoppedException>(
                () => P2PNode.StartAsync(new P2PNodeOptions { Listen = null }, null, ended));
        });
    }

    private static async Task AssertEverythingEndsAsync(P2PNode node, Peer peer)
    {
        await Assert.ThrowsAsync<AskException>(() => node.AskAsync<Text>(peer, new Text("x")));
        await Assert.ThrowsAsync<SendException>(() => node.TellAsync(peer, new Text("x")));
        await Assert.ThrowsAsync<SendException>(() => node.BroadcastAsync(new Text("x")));
        await Assert.ThrowsAsync<ConnectException>(() => node.ConnectAsync(peer.Address));
        Assert.Equal(SendResult.NotConnected, node.TryTell(peer, new Text("x")));
        Assert.Empty(node.Peers);
        await node.DisposeAsync();
    }

    private static async Task AssertEndsAsync(NodeEvents events)
    {
        // Reading the subscription must reach its end; nothing else is checked.
        await foreach (NodeEvent happened in events)
        {
            Assert.NotNull(happened);
        }
    }

    private static void Run(Func<VirtualMesh, P2PNode, P2PNode, Peer, Task> scenario)
    {
        VirtualMesh mesh = new();
        mesh.Run(async () =>
        {
            await using P2PNode server = await mesh.StartAsync("server", protocol => protocol
                .OnRequest<Text, Text>(async (request, _) =>
                {
                    await Task.Delay(TimeSpan.FromSeconds(3), mesh.World.TimeProvider);
                    return request;
                }));
            P2PNode client = await mesh.StartAsync("client");
            Peer peer = await client.ConnectAsync(server.ListenAddresses[0]);
            await scenario(mesh, client, server, peer);
        });
    }
}
