using ActorP2P.TestKit;
using ActorP2P.Tests.Hostile;
using ActorP2P.Tests.Transports;
using ActorP2P.Transport.Tests;

namespace ActorP2P.Tests.Profile;

/// <summary>An application says its state to its peers, who always end up with the latest.</summary>
[Collection(SocketsCollection.Name)]
public sealed class PeerStateTests
{
    [Fact]
    public void A_peer_sees_the_first_state_and_each_later_one() => Mesh(async (mesh, a, b) =>
    {
        await a.SetStateAsync(State(1));
        using NodeEvents events = b.Events();
        Peer toA = await b.ConnectAsync(a.ListenAddresses[0]);
        Assert.Equal(State(1), toA.State.ToArray());

        await a.SetStateAsync(State(2));

        PeerStateChanged changed = await events.ReadAsync<PeerStateChanged>();
        Assert.Same(toA, changed.Peer);
        Assert.Equal(State(2), changed.State.ToArray());
        Assert.Equal(State(2), toA.State.ToArray());
        Assert.Equal(State(2), a.State.ToArray());
        Assert.Equal(b.Id, changed.Node);
    });

    [Fact]
    public void A_state_that_is_said_again_is_no_change() => Mesh(async (mesh, a, b) =>
    {
        Peer toA = await b.ConnectAsync(a.ListenAddresses[0]);
        await a.SetStateAsync(State(1));
        await DelayAsync(mesh, 5);
        using NodeEvents events = b.Events();
        await a.SetStateAsync(State(1));
        await DelayAsync(mesh, 5);
        await a.SetStateAsync(State(2));

        Assert.Equal(State(2), (await events.ReadAsync<PeerStateChanged>()).State.ToArray());
        Assert.Equal(State(2), toA.State.ToArray());
    });

    // The state changes at every millisecond of a handshake that takes forty of them.
    [Fact]
    public void A_state_set_at_any_moment_of_a_handshake_arrives()
    {
        for (int moment = 0; moment <= 50; moment++)
        {
            Mesh(async (mesh, a, b) =>
            {
                await a.SetStateAsync(State(1));
                Task<Peer> connecting = b.ConnectAsync(a.ListenAddresses[0]);
                await Task.Delay(TimeSpan.FromMilliseconds(moment), mesh.World.TimeProvider);
                await a.SetStateAsync(State(2));
                await b.SetStateAsync(State(3));
                Peer toA = await connecting;
                await DelayAsync(mesh, 3);

                Assert.Equal(State(2), toA.State.ToArray());
                Assert.Equal(State(3), Assert.Single(a.Peers).State.ToArray());
            });
        }
    }

    [Fact]
    public void A_thousand_states_a_second_cost_a_peer_one() => Mesh(async (mesh, a, b) =>
    {
        Peer toA = await b.ConnectAsync(a.ListenAddresses[0]);
        using NodeEvents events = b.Events();
        for (int i = 0; i < 10_000; i++)
        {
            await a.SetStateAsync(BitConverter.GetBytes(i));
            await Task.Delay(TimeSpan.FromMilliseconds(1), mesh.World.TimeProvider);
        }

        await DelayAsync(mesh, 2);
        Assert.Equal(BitConverter.GetBytes(9_999), toA.State.ToArray());
        await a.DisposeAsync();
        int changes = 0;
        while (await events.ReadAsync() is not PeerDisconnected)
        {
            changes++;
        }

        Assert.InRange(changes, 10, 13);
    });

    [Fact]
    public void Actors_say_the_state_too() => Mesh(async (mesh, a, b) =>
    {
        Peer toA = await b.ConnectAsync(a.ListenAddresses[0]);
        using NodeEvents events = b.Events();

        await a.Manager.Ask<P2P.StateSet>(new P2P.SetState(State(7)), Timeout.InfiniteTimeSpan);

        await events.ReadAsync<PeerStateChanged>();
        Assert.Equal(State(7), toA.State.ToArray());
    });

    [Fact]
    public void A_state_that_is_too_long_is_refused() => Mesh(async (_, a, _) =>
    {
        ArgumentException refused = await Assert.ThrowsAsync<ArgumentException>(
            () => a.SetStateAsync(new byte[P2PNode.MaxStateBytes + 1]));
        Assert.Contains("1025 bytes long; allowed: at most 1024", refused.Message, StringComparison.Ordinal);
        Assert.Equal("state", refused.ParamName);
        await a.SetStateAsync(new byte[P2PNode.MaxStateBytes]);
        await Assert.ThrowsAsync<ArgumentException>(() => P2PNode.StartAsync(
            new P2PNodeOptions(), services: new P2PNodeServices { State = new byte[P2PNode.MaxStateBytes + 1] }));
    });

    [Fact]
    public void A_node_that_has_stopped_says_nothing() => Mesh(async (_, a, _) =>
    {
        await a.DisposeAsync();
        await Assert.ThrowsAsync<NodeStoppedException>(() => a.SetStateAsync(State(1)));
    });

    [Fact]
    public void The_latest_state_arrives_whatever_the_network_does()
    {
        for (ulong seed = 1; seed <= 20; seed++)
        {
            Cluster.Of(4).FullyMeshed().WithSeed(seed)
                .At(TimeSpan.FromSeconds(3), static faults => faults.Reset("node0", "node1"))
                .At(TimeSpan.FromSeconds(4), static faults => faults.Cut("node0", "node2"))
                .At(TimeSpan.FromSeconds(8), static faults => faults.HealAll())
                .Run(async cluster =>
                {
                    for (byte i = 1; i <= 100; i++)
                    {
                        await cluster["node0"].Node.SetStateAsync(State(i));
                        await cluster.Delay(TimeSpan.FromMilliseconds(100));
                    }

                    foreach (string other in (string[])["node1", "node2", "node3"])
                    {
                        await cluster.UntilAsync(
                            () => cluster[other].FindPeer("node0") is { State: { IsEmpty: false } state }
                                && state.Span.SequenceEqual(State(100)),
                            $"{other} knows the latest state");
                    }
                });
        }
    }

    [Theory]
    [ClassData(typeof(BothTransports))]
    public async Task States_cross_encrypted_connections(TransportKind kind)
    {
        await using P2PNode server = await P2PNode.StartAsync(
            new P2PNodeOptions { Transport = kind }, services: new P2PNodeServices { State = State(1) });
        await using P2PNode client = await P2PNode.StartAsync(new P2PNodeOptions { Transport = kind });
        using NodeEvents events = client.Events();
        Peer peer = await client.ConnectAsync(server.ListenAddresses[0]).WaitAsync(Waits.Guard);
        Assert.Equal(State(1), peer.State.ToArray());

        await server.SetStateAsync(State(2)).WaitAsync(Waits.Guard);

        Assert.Equal(
            State(2), (await events.ReadAsync<PeerStateChanged>().AsTask().WaitAsync(Waits.Guard)).State.ToArray());
    }

    private static byte[] State(byte height) => [0, height];

    private static Task DelayAsync(VirtualMesh mesh, double seconds) =>
        Task.Delay(TimeSpan.FromSeconds(seconds), mesh.World.TimeProvider);

    private static void Mesh(Func<VirtualMesh, P2PNode, P2PNode, Task> scenario)
    {
        VirtualMesh mesh = new();
        mesh.Run(async () =>
        {
            await using P2PNode a = await mesh.StartAsync("a");
            await using P2PNode b = await mesh.StartAsync("b");
            await scenario(mesh, a, b);
        });
    }
}
