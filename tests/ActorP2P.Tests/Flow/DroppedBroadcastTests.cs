using ActorP2P.Protocol;
using ActorP2P.TestKit;

namespace ActorP2P.Tests.Flow;

/// <summary>A peer that is delayed for a while and then reads misses no broadcast of the last half minute.</summary>
[Collection(SocketsCollection.Name)]
public sealed class DroppedBroadcastTests
{
    private const int Length = 60_000;
    private const int Count = 100;

    private static readonly TimeSpan Guard = TimeSpan.FromSeconds(30);

    [Fact]
    public void A_slow_reader_that_then_reads_ends_up_with_every_broadcast()
    {
        List<int> heard = [];
        NodeStatistics sender = new();
        NodeStatistics receiver = new();
        TwoNodes(heard).Run(async cluster =>
        {
            await cluster.UntilConnectedAsync();
            cluster.Faults.ReadRate("b", 0);
            await BroadcastAsync(cluster["a"], 0, Count);
            await cluster.Delay(TimeSpan.FromSeconds(8));
            Assert.True(cluster["a"].Node.Statistics.KeptBytes > 0);
            cluster.Faults.ReadRate("b", null);
            await cluster.UntilAsync(() => heard.Count == Count, "b has heard all");
            sender = cluster["a"].Node.Statistics;
            receiver = cluster["b"].Node.Statistics;
            await cluster.Delay(TimeSpan.FromMinutes(1));
            Assert.Equal((0L, 0L), (cluster["a"].Node.Statistics.KeptBytes, cluster["a"].Node.Statistics.HeldBytes));
        });

        Assert.Equal(Enumerable.Range(0, Count), heard.Order());
        Assert.True(sender.DroppedBroadcasts > Count / 2, $"{sender.DroppedBroadcasts} were dropped.");
        Assert.True(
            sender.AnnouncedBroadcasts >= sender.DroppedBroadcasts, $"{sender.AnnouncedBroadcasts} were announced.");
        Assert.Equal(sender.DroppedBroadcasts, sender.ResentBroadcasts);
        Assert.Equal(sender.DroppedBroadcasts, receiver.RecoveredBroadcasts);
        Assert.Equal(sender.AnnouncedBroadcasts, receiver.AskedBroadcasts);
    }

    [Fact]
    public void Broadcasts_dropped_more_than_30_seconds_ago_are_lost()
    {
        List<int> heard = [];
        TwoNodes(heard, settings => settings with
        {
            Session = settings.Session with
            {
                NoProgressTimeout =
                    TimeSpan.FromHours(1), CreditTimeout = TimeSpan.FromHours(1), PongTimeout = TimeSpan.FromHours(1),
            },
        }).Run(async cluster =>
        {
            await cluster.UntilConnectedAsync();
            cluster.Faults.ReadRate("b", 0);
            await BroadcastAsync(cluster["a"], 0, Count);
            await cluster.Delay(TimeSpan.FromSeconds(20));
            await BroadcastAsync(cluster["a"], Count, Count);
            await cluster.Delay(TimeSpan.FromSeconds(11));
            cluster.Faults.ReadRate("b", null);
            await cluster.Delay(TimeSpan.FromMinutes(1));
        });

        Assert.Equal(Enumerable.Range(Count, Count), heard.Where(number => number >= Count).Order());
        Assert.InRange(heard.Count(number => number < Count), 1, Count / 2);
    }

    [Fact]
    public void A_broadcast_from_another_peer_is_not_asked_for()
    {
        List<int> heard = [];
        NodeStatistics sender = new();
        NodeStatistics receiver = new();
        TwoNodes(heard, others: "c").FullyMeshed()
            .Where("c", protocol => protocol.OnBroadcast<Blob>((_, _) => Verdict.Accept))
            .Run(async cluster =>
            {
                await cluster.UntilConnectedAsync();
                cluster.Faults.Link("a", "b", new LinkConditions { BytesPerSecond = 200_000, WindowBytes = 64 * 1024 });
                await BroadcastAsync(cluster["a"], 0, Count, every: TimeSpan.FromMilliseconds(20), cluster);
                await cluster.UntilAsync(() => heard.Count == Count, "b has heard all");
                await cluster.Delay(TimeSpan.FromSeconds(20));
                sender = cluster["a"].Node.Statistics;
                receiver = cluster["b"].Node.Statistics;
            });

        Assert.True(sender.AnnouncedBroadcasts > 10, $"{sender.AnnouncedBroadcasts} were announced.");
        Assert.Equal(0, receiver.AskedBroadcasts);
    }

    [Theory]
    [InlineData(TransportKind.Sockets)]
    [InlineData(TransportKind.AkkaIo)]
    public async Task Over_TCP_a_slow_reader_gets_every_broadcast_in_the_end(TransportKind kind)
    {
        TaskCompletionSource opened = new(TaskCreationOptions.RunContinuationsAsynchronously);
        TaskCompletionSource all = new(TaskCreationOptions.RunContinuationsAsynchronously);
        HashSet<int> heard = [];
        await using P2PNode sender = await P2PNode.StartAsync(
            new P2PNodeOptions { DroppedBudget = 32 << 20, Transport = kind });
        await using P2PNode receiver = await P2PNode.StartAsync(
            new P2PNodeOptions { Listen = null, Transport = kind }, protocol => protocol.OnBroadcast<Blob>(
            async (message, _) =>
            {
                await opened.Task;
                lock (heard)
                {
                    heard.Add(BitConverter.ToInt32(message.Bytes));
                    if (heard.Count == 2 * Count)
                    {
                        all.TrySetResult();
                    }
                }

                return Verdict.Ignore;
            }));
        using NodeEvents events = sender.Events();
        await receiver.ConnectAsync(sender.ListenAddresses[0]).WaitAsync(Guard);
        await events.ReadAsync<PeerConnected>().AsTask().WaitAsync(Guard);
        for (int i = 0; i < 2 * Count; i++)
        {
            await sender.BroadcastAsync(Numbered(i)).WaitAsync(Guard);
        }

        while (sender.Statistics.DroppedBroadcasts == 0)
        {
            await Task.Yield();
        }

        opened.SetResult();
        await all.Task.WaitAsync(Guard);

        Assert.Equal(Enumerable.Range(0, 2 * Count), heard.Order());
        Assert.True(receiver.Statistics.RecoveredBroadcasts > 0);
    }

    private static Cluster TwoNodes(
        List<int> heard, Func<P2PNodeOptions, P2PNodeOptions>? change = null, params string[] others) =>
        Cluster.Of(["a", "b", .. others])
            .LinkedBy(new LinkConditions { Latency = TimeSpan.FromMilliseconds(5), WindowBytes = 64 * 1024 })
            .WithSettings(settings => (change?.Invoke(settings) ?? settings) with { DroppedBudget = 16 << 20 })
            .Where("b", protocol => protocol.OnBroadcast<Blob>((message, _) =>
            {
                heard.Add(BitConverter.ToInt32(message.Bytes));
                return Verdict.Ignore;
            }));

    private static async Task BroadcastAsync(
        ClusterNode from, int first, int count, TimeSpan? every = null, Cluster? cluster = null)
    {
        for (int i = first; i < first + count; i++)
        {
            await from.BroadcastAsync(Numbered(i));
            if (every is { } pause)
            {
                await cluster!.Delay(pause);
            }
        }
    }

    private static Blob Numbered(int number)
    {
        byte[] bytes = new byte[Length];
        BitConverter.TryWriteBytes(bytes, number);
        return new Blob(bytes);
    }
}
