using ActorP2P.Protocol;

namespace ActorP2P.Tests;

/// <summary>One peer takes as much as it can get, and another one must not notice.</summary>
public sealed class FairnessTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Slow_handlers_of_one_peer_do_not_delay_another(bool attacked)
    {
        VirtualMesh mesh = new();
        List<TimeSpan> latencies = [];
        mesh.Run(async () =>
        {
            await using P2PNode b = await mesh.StartAsync("b", protocol => protocol
                .OnRequest<Text, Text>((request, _) => request)
                .OnRequest<Blob, Blob>(async (request, context) =>
                {
                    await Task.Delay(TimeSpan.FromSeconds(30), mesh.World.TimeProvider, context.CancellationToken);
                    return request;
                }));
            await using P2PNode honest = await mesh.StartAsync("honest");
            await using P2PNode greedy = await mesh.StartAsync("greedy");
            Peer fromHonest = await honest.ConnectAsync(b.ListenAddresses[0]);
            Peer fromGreedy = await greedy.ConnectAsync(b.ListenAddresses[0]);
            Task[] asks = [.. Enumerable.Range(0, attacked ? 500 : 0).Select(_ =>
                Hostile.RestartTests.EndsAsync(greedy.AskAsync<Blob>(fromGreedy, new Blob([1]))))];

            await AskAsync(mesh, honest, fromHonest, latencies);
            await Task.WhenAll(asks);
        });

        Assert.Equal(Enumerable.Repeat(TimeSpan.FromMilliseconds(20), 100), latencies);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_flood_of_broadcasts_delays_no_honest_request(bool attacked)
    {
        VirtualMesh mesh = new();
        List<TimeSpan> latencies = [];
        int judged = 0;
        mesh.Run(async () =>
        {
            await using P2PNode b = await mesh.StartAsync("b", protocol => protocol
                .OnRequest<Text, Text>((request, _) => request)
                .OnBroadcast<Blob>((_, _) =>
                {
                    judged++;
                    return Verdict.Accept;
                }));
            await using P2PNode honest = await mesh.StartAsync("honest");
            await using P2PNode stormy = await mesh.StartAsync("stormy");
            Peer fromHonest = await honest.ConnectAsync(b.ListenAddresses[0]);
            await stormy.ConnectAsync(b.ListenAddresses[0]);
            Task[] storm = [.. Enumerable.Range(0, attacked ? 2000 : 0).Select(i =>
                stormy.BroadcastAsync(new Blob(new byte[1000]), new() { Lane = Lane.High }))];

            await AskAsync(mesh, honest, fromHonest, latencies);
            await Task.WhenAll(storm);
            Assert.Single(honest.Peers);
        });

        // What b accepts is also relayed to the honest peer, with a higher priority than its answers. While it fills
        // the link's window, one of the answers waits for a round trip.
        Assert.True(latencies.Count(static latency => latency == TimeSpan.FromMilliseconds(20)) >= 99);
        Assert.All(latencies, static latency => Assert.InRange(latency.TotalMilliseconds, 20, 40));
        Assert.Equal(attacked ? 2000 : 0, judged);
    }

    private static async Task AskAsync(VirtualMesh mesh, P2PNode node, Peer peer, List<TimeSpan> latencies)
    {
        for (int i = 0; i < 100; i++)
        {
            TimeSpan start = mesh.World.Now;
            Assert.Equal("?", (await node.AskAsync<Text>(peer, new Text("?"))).Value);
            latencies.Add(mesh.World.Now - start);
        }
    }
}
