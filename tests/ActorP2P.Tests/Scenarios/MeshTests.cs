using ActorP2P.Protocol;

namespace ActorP2P.Tests;

public sealed class MeshTests
{
    [Fact]
    public void A_broadcast_reaches_a_line_of_nodes_by_relay_and_each_judges_it_once()
    {
        VirtualMesh mesh = new();
        mesh.Run(async () =>
        {
            Dictionary<string, int> judged = [];
            List<P2PNode> nodes = [];
            for (int i = 0; i < 5; i++)
            {
                string host = $"node{i}";
                nodes.Add(await mesh.StartAsync(host, protocol => protocol.OnBroadcast<Text>((_, _) =>
                {
                    judged[host] = judged.GetValueOrDefault(host) + 1;
                    return Verdict.Accept;
                }), i == 0 ? null : [$"node{i - 1}"]));
            }

            await Task.Delay(TimeSpan.FromSeconds(1), mesh.Scheduler.TimeProvider);
            int peers = await nodes[0].BroadcastAsync(new Text("news"));
            await Task.Delay(TimeSpan.FromSeconds(1), mesh.Scheduler.TimeProvider);

            Assert.Equal(1, peers);
            Assert.Equal(["node1", "node2", "node3", "node4"], judged.Keys.Order());
            Assert.All(judged.Values, times => Assert.Equal(1, times));
            await TwoNodesTests.StopAsync([.. nodes]);
        });
    }

    [Fact]
    public void In_a_full_mesh_every_node_judges_a_broadcast_once_and_the_copies_are_counted()
    {
        VirtualMesh mesh = new();
        mesh.Run(async () =>
        {
            int judged = 0;
            List<P2PNode> nodes = [];
            for (int i = 0; i < 6; i++)
            {
                string[] earlier = [.. Enumerable.Range(0, i).Select(j => $"node{j}")];
                nodes.Add(await mesh.StartAsync($"node{i}", protocol => protocol.OnBroadcast<Blob>((_, _) =>
                {
                    judged++;
                    return Verdict.Accept;
                }), earlier));
            }

            await Task.Delay(TimeSpan.FromSeconds(1), mesh.Scheduler.TimeProvider);
            Assert.All(nodes, node => Assert.Equal(5, node.Peers.Count));
            await nodes[0].BroadcastAsync(new Blob(new byte[300_000]));
            await Task.Delay(TimeSpan.FromSeconds(5), mesh.Scheduler.TimeProvider);

            Assert.Equal(5, judged);
            Assert.True(nodes.Sum(node => node.Statistics.DuplicateBroadcasts) > 0);
            Assert.All(nodes, node => Assert.Equal(1, node.Statistics.BroadcastsReceived));
            await TwoNodesTests.StopAsync([.. nodes]);
        });
    }

    [Theory]
    [InlineData(Verdict.Ignore, 0)]
    [InlineData(Verdict.Reject, 10)]
    [InlineData(Verdict.Defer, 0)]
    public void A_broadcast_that_is_not_accepted_is_not_relayed(Verdict verdict, int points)
    {
        VirtualMesh mesh = new();
        mesh.Run(async () =>
        {
            int reached = 0;
            P2PNode first = await mesh.StartAsync("first");
            P2PNode second = await mesh.StartAsync("second", protocol => protocol.OnBroadcast<Text>((_, _) => verdict), ["first"]);
            P2PNode third = await mesh.StartAsync("third", protocol => protocol.OnBroadcast<Text>((_, _) =>
            {
                reached++;
                return Verdict.Accept;
            }), ["second"]);
            using NodeEvents events = second.Subscribe();
            await Task.Delay(TimeSpan.FromSeconds(1), mesh.Scheduler.TimeProvider);

            await first.BroadcastAsync(new Text("news"));
            await Task.Delay(TimeSpan.FromSeconds(1), mesh.Scheduler.TimeProvider);

            int charged = 0;
            while (events.TryRead(out NodeEvent? happened))
            {
                charged += happened is PeerPenalised penalised ? penalised.Points : 0;
            }

            Assert.Equal(0, reached);
            Assert.Equal(points, charged);
            await TwoNodesTests.StopAsync(first, second, third);
        });
    }

    [Fact]
    public void A_bootstrap_node_that_comes_later_is_found_and_found_again_after_a_restart()
    {
        VirtualMesh mesh = new();
        mesh.Run(async () =>
        {
            P2PNode client = await mesh.StartAsync("client", bootstrap: ["server"]);
            using NodeEvents events = client.Subscribe();
            await Task.Delay(TimeSpan.FromSeconds(20), mesh.Scheduler.TimeProvider);
            Assert.Empty(client.Peers);

            P2PNode server = await mesh.StartAsync("server", EchoProtocol.Register);
            await events.ReadAsync<PeerConnected>();
            await server.DisposeAsync();
            PeerDisconnected gone = await events.ReadAsync<PeerDisconnected>();
            server = await mesh.StartAsync("server", EchoProtocol.Register);
            PeerConnected back = await events.ReadAsync<PeerConnected>();

            Assert.Equal(DisconnectReason.ShuttingDown, gone.Reason);
            Assert.Equal("echo again", (await client.AskAsync<Text>(back.Peer, new Text("again"))).Value);
            await TwoNodesTests.StopAsync(client, server);
        });
    }

    [Fact]
    public void The_same_seed_gives_the_same_run_and_another_seed_another()
    {
        ulong first = TraceOf(seed: 11);

        Assert.Equal(first, TraceOf(seed: 11));
        Assert.NotEqual(first, TraceOf(seed: 12));
    }

    private static ulong TraceOf(ulong seed)
    {
        VirtualMesh mesh = new(seed);
        mesh.Run(async () =>
        {
            P2PNode a = await mesh.StartAsync("a", protocol => protocol.OnBroadcast<Text>((_, _) => Verdict.Accept), ["c"]);
            P2PNode b = await mesh.StartAsync("b", protocol => protocol.OnBroadcast<Text>((_, _) => Verdict.Accept), ["a"]);
            await Task.Delay(TimeSpan.FromSeconds(7), mesh.Scheduler.TimeProvider);
            P2PNode c = await mesh.StartAsync("c", protocol => protocol.OnBroadcast<Text>((_, _) => Verdict.Accept), ["b"]);
            await Task.Delay(TimeSpan.FromSeconds(30), mesh.Scheduler.TimeProvider);
            await a.BroadcastAsync(new Text("news"));
            await Task.Delay(TimeSpan.FromSeconds(1), mesh.Scheduler.TimeProvider);
            await TwoNodesTests.StopAsync(a, b, c);
        });
        return mesh.Scheduler.TraceHash;
    }
}
