using ActorP2P.Protocol;
using ActorP2P.TestKit;

namespace ActorP2P.Tests.Flow;

/// <summary>
/// The promises of flow control on links with sizes and times that a seed draws: a few seeds by default, a thousand on
/// request.
/// </summary>
public sealed class ManySeedsTests
{
    private const int Usually = 8;

    [Fact]
    public void A_pause_below_ten_seconds_loses_no_broadcast() =>
        Scale.OnSeeds(Usually, static seed =>
    {
        Random random = new((int)seed);
        int count = random.Next(20, 80);
        int length = random.Next(4, 60_000);
        List<int> heard = [];
        Cluster.Of(["a", "b"]).WithSeed(seed).LinkedBy(Drawn.Link(random))
            .WithSettings(settings => settings with
            {
                DroppedBudget = 16 << 20,
                Session = settings.Session with { MaxQueued = new Random((int)seed).Next(1, 400_000) },
            })
            .Where("b", protocol => protocol.OnBroadcast<Blob>((message, _) => Heard(heard, message)))
            .Run(async cluster =>
            {
                await cluster.UntilConnectedAsync();
                cluster.Faults.ReadRate("b", 0);
                for (int i = 0; i < count; i++)
                {
                    await cluster["a"].BroadcastAsync(Numbered(i, length), new() { Lane = (Lane)random.Next(1, 4) });
                }

                await cluster.Delay(Drawn.Time(random, TimeSpan.FromSeconds(9)));
                cluster.Faults.ReadRate("b", null);
                await cluster.UntilAsync(() => heard.Count == count, "b has heard all");
            });
        Assert.Equal(Enumerable.Range(0, count), heard.Order());
    });

    [Fact]
    public void In_a_mesh_with_pauses_each_node_gets_every_broadcast_once() =>
        Scale.OnSeeds(Usually, static seed =>
    {
        const int Nodes = 5;
        Random random = new((int)seed);
        Dictionary<string, List<int>> heard = Enumerable.Range(0, Nodes).ToDictionary(
            static i => $"node{i}", static _ => new List<int>());
        Cluster.Of(Nodes).WithSeed(seed).RandomlyLinked(dials: 2).LinkedBy(Drawn.Link(random))
            .WithSettings(
                settings => settings with { DroppedBudget = 16 << 20,
                    Session = settings.Session with { MaxQueued = 50_000 } })
            .WhereEveryNode((protocol, node) => protocol.OnBroadcast<Blob>((message, _) =>
            {
                Heard(heard[node.Name], message);
                return Verdict.Accept;
            }))
            .Run(async cluster =>
            {
                await cluster.UntilConnectedAsync();
                for (int i = 0; i < 40; i++)
                {
                    cluster.Faults.ReadRate($"node{random.Next(Nodes)}", random.Next(2) == 0 ? 0 : null);
                    int from = random.Next(Nodes);
                    heard[$"node{from}"].Add(i);
                    await cluster[$"node{from}"].BroadcastAsync(Numbered(i, random.Next(4, 20_000)));
                    await cluster.Delay(Drawn.Time(random, TimeSpan.FromMilliseconds(200)));
                }

                foreach (string name in heard.Keys)
                {
                    cluster.Faults.ReadRate(name, null);
                }

                await cluster.UntilAsync(() => heard.Values.All(static all => all.Count >= 40), "all have heard all");
                await cluster.Delay(TimeSpan.FromSeconds(15));
            });
        Assert.All(heard.Values, static all => Assert.Equal(Enumerable.Range(0, 40), all.Order()));
    });

    [Fact]
    public void An_urgent_ask_waits_for_no_more_than_is_on_the_link_already() => Scale.OnSeeds(Usually, static seed =>
    {
        Random random = new((int)seed);
        LinkConditions link =
            Drawn.Link(random) with { Loss = 0, BytesPerSecond = random.Next(5_000_000, 50_000_000),
                WindowBytes = 64 * 1024 };
        bool isReply = random.Next(2) == 0;
        int length = random.Next(1, 4) << 20;
        TimeSpan slowest = TimeSpan.Zero;
        int urgent = 0;
        Cluster.Of(["a", "b"]).WithSeed(seed).LinkedBy(link)
            .WithSettings(settings => settings with { RequestTimeout = TimeSpan.FromMinutes(10) })
            .WhereEveryNode(protocol => protocol
                .OnRequest<Blob, Blob>((_, _) => new Blob(new byte[isReply ? length : 0]))
                .OnRequest<Text, Text>((ping, _) => ping))
            .Run(async cluster =>
            {
                await cluster.UntilConnectedAsync();
                Task<Blob> transfer = cluster["a"].AskAsync<Blob>(
                    "b", new Blob(new byte[isReply ? 0 : length]), new() { Lane = Lane.Bulk });
                while (!transfer.IsCompleted)
                {
                    TimeSpan asked = cluster.World.Now;
                    await cluster["a"].AskAsync<Text>("b", new Text("ping"), new() { Lane = Lane.High });
                    TimeSpan took = cluster.World.Now - asked;
                    slowest = took > slowest ? took : slowest;
                    urgent++;
                }
            });

        // This is the round trip of the ask, plus the round trips of what the kernel and the writer had taken before:
        // two fragments each, one window at a time.
        TimeSpan window = (2 * (link.Latency + link.Jitter))
            + TimeSpan.FromSeconds(65_536.0 / link.BytesPerSecond!.Value);
        TimeSpan most = 5 * window;
        Assert.True(slowest <= most, $"{slowest} of at most {most}");
        Assert.True(urgent > 0);
    });

    [Fact]
    public void Every_send_to_a_slow_peer_has_an_outcome_and_is_bounded() =>
        Scale.OnSeeds(Usually, static seed =>
    {
        Random random = new((int)seed);
        long rate = random.Next(1, 100_000);
        long held = 0;
        List<Task> sends = [];
        Cluster.Of(["a", "b"]).WithSeed(seed).LinkedBy(Drawn.Link(random))
            .Where("b",
                protocol => protocol.OnNotify<Blob>((_, _) => { }).OnRequest<Blob, Text>((_, _) => new Text("read")))
            .Run(async cluster =>
            {
                await cluster.UntilConnectedAsync();
                cluster.Faults.ReadRate("b", rate);
                for (int i = 0; i < 100; i++)
                {
                    Blob message = new(new byte[random.Next(60_000)]);
                    sends.Add(random.Next(2) == 0
                        ? cluster["a"].TellAsync("b", message, new() { Lane = (Lane)random.Next(1, 4) })
                        : cluster["a"].AskAsync<Text>("b", message, new() { Lane = (Lane)random.Next(1, 4) }));
                    await cluster.Delay(Drawn.Time(random, TimeSpan.FromMilliseconds(20)));
                    held = Math.Max(held, cluster["a"].Node.Statistics.HeldBytes);
                }

                foreach (Task send in sends)
                {
                    await Record.ExceptionAsync(() => send);
                }
            }, TimeSpan.FromHours(2));

        Assert.All(
            sends, static send => Assert.True(send.Exception?.InnerException is null or SendException or AskException));
        Assert.InRange(held, 1, 100 * 60_064);
    });

    [Fact]
    public void A_node_that_stops_under_traffic_leaves_nothing_undecided() =>
        Scale.OnSeeds(Usually, static seed =>
    {
        Random random = new((int)seed);
        List<Task> sends = [];
        Cluster.Of(["a", "b"]).WithSeed(seed).LinkedBy(Drawn.Link(random))
            .WhereEveryNode(
                protocol => protocol.OnNotify<Blob>((_, _) => { }).OnRequest<Blob, Blob>((request, _) => request))
            .Run(async cluster =>
            {
                await cluster.UntilConnectedAsync();
                for (int i = 0; i < 40; i++)
                {
                    (string from, string to) = random.Next(2) == 0 ? ("a", "b") : ("b", "a");
                    Blob message = new(new byte[random.Next(4) == 0 ? random.Next(300_000) : random.Next(5_000)]);
                    sends.Add(
                        random.Next(2) == 0 ? cluster[from].TellAsync(to, message)
                            : cluster[from].AskAsync<Blob>(to, message));
                }

                await cluster.Delay(Drawn.Time(random, TimeSpan.FromMilliseconds(300)));
                TimeSpan asked = cluster.World.Now;
                await cluster["b"].Node.DisposeAsync();
                Assert.InRange(cluster.World.Now - asked, TimeSpan.Zero, TimeSpan.FromSeconds(8));
                cluster.Faults.Kill("b").Restart("b");
                foreach (Task send in sends)
                {
                    await Record.ExceptionAsync(() => send);
                }

                await cluster.UntilConnectedAsync();
            }, TimeSpan.FromHours(2));

        Assert.All(
            sends, static send => Assert.True(send.Exception?.InnerException is null or SendException or AskException));
    });

    private static Verdict Heard(List<int> heard, Blob message)
    {
        heard.Add(BitConverter.ToInt32(message.Bytes));
        return Verdict.Ignore;
    }

    private static Blob Numbered(int number, int length)
    {
        byte[] bytes = new byte[length];
        BitConverter.TryWriteBytes(bytes, number);
        return new Blob(bytes);
    }
}
