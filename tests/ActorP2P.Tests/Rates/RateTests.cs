using ActorP2P.Protocol;

namespace ActorP2P.Tests.Rates;

/// <summary>Nodes that flood another one, and an honest node beside them, in virtual time.</summary>
public sealed class RateTests
{
    private const int Flooders = 12;
    private static readonly TimeSpan s_work = TimeSpan.FromMilliseconds(10);
    private static readonly RateSettings s_off = new() { MessagesPerSecond = 0, BytesPerSecond = 0 };

    // Four handlers of ten milliseconds each are 400 messages a second: the flooders may have 120 of them.
    private static readonly RateSettings s_ten = new() { MessagesPerSecond = 10 };

    [Fact]
    public void Floods_do_not_delay_an_honest_ask()
    {
        Outcome alone = Run(s_ten, flooders: 0);
        Outcome bound = Run(s_ten, Flooders);
        Outcome free = Run(s_off, Flooders);

        // Sometimes: the peers were limited, some had to wait for a handler, and the flooders were served too.
        Assert.Equal(0, alone.MostLimited);
        Assert.Equal(Flooders, bound.MostLimited);
        Assert.Equal(0, free.MostLimited);
        Assert.InRange(bound.Flooded, 1, free.Flooded);

        TimeSpan usual = alone.Worst;
        Assert.True(free.Median > usual + s_work, $"{free.Median} without rates, {usual} alone");
        Assert.True(bound.Median <= usual + TimeSpan.FromMilliseconds(1), $"{bound.Median}, {usual} alone");
        Assert.Equal(0, bound.Cut);
    }

    [Fact]
    public void A_lone_peer_is_as_fast_with_rates_as_without()
    {
        Assert.Equal(Lone(s_off), Lone(s_ten));
        Assert.Equal(Lone(s_off), Lone(new RateSettings()));
    }

    [Fact]
    public void A_peer_with_idle_others_beside_it_is_as_fast_too() =>
        Assert.Equal(Lone(s_off, idle: 5), Lone(s_ten, idle: 5));

    [Fact]
    public void Floresta_average_slows_a_peer_and_does_not_cut_it()
    {
        TimeSpan took = Lone(new RateSettings { AverageMessagesPerSecond = 10 });
        Assert.True(took > 10 * Lone(s_off), $"{took}");
    }

    /// <summary>How long a peer's two thousand notifies take whose handlers wait for places of four.</summary>
    private static TimeSpan Lone(RateSettings rates, int idle = 0)
    {
        VirtualMesh mesh = new();
        TimeSpan took = default;
        mesh.Run(async () =>
        {
            int heard = 0;
            await using P2PNode server = await StartServerAsync(mesh, rates, () => heard++);
            List<P2PNode> others = [];
            for (int i = 0; i < idle; i++)
            {
                others.Add(await mesh.StartAsync($"idle{i}", bootstrap: ["server"]));
            }

            await using P2PNode client = await mesh.StartAsync("client");
            Peer peer = await client.ConnectAsync(server.ListenAddresses[0]);
            TimeSpan start = mesh.World.Now;
            for (int i = 0; i < 2_000; i++)
            {
                await client.TellAsync(peer, new Text(new string('x', 2_000)));
            }

            while (heard < 2_000)
            {
                await Task.Delay(s_work, mesh.World.TimeProvider);
            }

            took = mesh.World.Now - start;
            Assert.Single(client.Peers);
            foreach (P2PNode other in others)
            {
                await other.DisposeAsync();
            }
        });
        return took;
    }

    private static Outcome Run(RateSettings rates, int flooders)
    {
        VirtualMesh mesh = new();
        List<TimeSpan> latencies = [];
        int flooded = 0;
        long most = 0;
        int cut = 0;
        mesh.Run(async () =>
        {
            await using P2PNode server = await StartServerAsync(mesh, rates, () => flooded++);
            await using P2PNode honest = await mesh.StartAsync("honest");
            Peer peer = await honest.ConnectAsync(server.ListenAddresses[0]);
            using CancellationTokenSource over = new();
            List<P2PNode> nodes = [];
            List<Task> floods = [];
            for (int i = 0; i < flooders; i++)
            {
                P2PNode node = await mesh.StartAsync($"flooder{i}");
                nodes.Add(node);
                floods.Add(FloodAsync(node, await node.ConnectAsync(server.ListenAddresses[0]), over.Token));
            }

            // The windows are used up and the rates have settled.
            await Task.Delay(TimeSpan.FromSeconds(30), mesh.World.TimeProvider);
            for (int i = 0; i < 100; i++)
            {
                TimeSpan start = mesh.World.Now;
                await honest.AskAsync<Text>(peer, new Text("?"));
                latencies.Add(mesh.World.Now - start);
                most = Math.Max(most, server.Statistics.LimitedPeers);
                await Task.Delay(TimeSpan.FromMilliseconds(37), mesh.World.TimeProvider);
            }

            cut = flooders + 1 - server.Peers.Count;
            over.Cancel();
            await Task.WhenAll(floods);
            foreach (P2PNode node in nodes)
            {
                await node.DisposeAsync();
            }
        });
        latencies.Sort();
        return new Outcome(latencies[50], latencies[^1], most, flooded, cut);
    }

    private static Task<P2PNode> StartServerAsync(VirtualMesh mesh, RateSettings rates, Action onNotify)
    {
        async Task WorkAsync(CancellationToken token) => await Task.Delay(s_work, mesh.World.TimeProvider, token);
        return mesh.StartAsync(
            "server",
            protocol => protocol
                .OnRequest<Text, Text>(async (request, context) =>
                {
                    await WorkAsync(context.CancellationToken);
                    return request;
                })
                .OnNotify<Text>(async (_, context) =>
                {
                    onNotify();
                    await WorkAsync(context.CancellationToken);
                }),
            change: options => options with { Rates = rates, MaxNodeHandlers = 4 });
    }

    private static async Task FloodAsync(P2PNode node, Peer peer, CancellationToken token)
    {
        Text message = new(new string('x', 2_000));
        try
        {
            while (true)
            {
                await node.TellAsync(peer, message, cancellationToken: token);
            }
        }
        catch (OperationCanceledException)
        {
            // The scenario is over.
        }
    }

    private sealed record Outcome(TimeSpan Median, TimeSpan Worst, long MostLimited, int Flooded, int Cut);
}
