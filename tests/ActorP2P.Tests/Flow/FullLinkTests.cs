using ActorP2P.Protocol;
using ActorP2P.TestKit;
using Xunit.Abstractions;

namespace ActorP2P.Tests.Flow;

/// <summary>A fully used link, and the messages that still pass on it.</summary>
public sealed class FullLinkTests(ITestOutputHelper output)
{
    private const int MiB = 1024 * 1024;

    /// <summary>
    /// The round trip is 50 ms: the initial window would use a fifth of this link, and a hundredth of a very fast one.
    /// </summary>
    [Fact]
    public void Windows_grow_until_a_link_of_50_ms_is_used_to_nine_tenths()
    {
        long bandwidth = Scale.Of(25, 250) * 1_000_000L;
        double used = UseOf(bandwidth, new SessionSettings().MaxCreditWindow);

        output.WriteLine($"{used:0.000} of {bandwidth / 1_000_000} MB/s at 50 ms");
        Assert.True(used >= 0.9, $"{used:0.000} of the link was used.");
        Assert.InRange(UseOf(bandwidth, new SessionSettings().CreditWindow), 0, 0.3);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void An_urgent_ask_overtakes_a_transfer_of_the_longest_message(bool isReply)
    {
        int length = Scale.Of(16, 128) * MiB;
        List<TimeSpan> urgent = [];
        Cluster.Of(["a", "b"])
            .LinkedBy(
                new LinkConditions { Latency = TimeSpan.FromMilliseconds(1), BytesPerSecond = 20_000_000,
                    WindowBytes = 64 * 1024 })
            .WithSettings(settings => settings with
            {
                MemoryBudget = 1L << 31,
                ReassemblyBudget = length,
                RequestTimeout = TimeSpan.FromMinutes(1),
                Session = settings.Session with { MaxMessage = length },
            })
            .WhereEveryNode(protocol => protocol
                .OnRequest<Blob, Blob>((transfer, _) => new Blob(new byte[isReply ? length : 0]))
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
                    urgent.Add(cluster.World.Now - asked);
                }

                Assert.Equal(isReply ? length : 0, (await transfer).Bytes.Length);
            });

        // This is the round trip, plus what the kernel and the writer had taken before: two fragments each, of 3.3 ms.
        output.WriteLine($"{urgent.Count} urgent asks, the slowest {urgent.Max().TotalMilliseconds:0.0} ms");
        Assert.True(urgent.Count > 50, $"{urgent.Count} asks passed.");
        Assert.InRange(urgent.Max(), TimeSpan.FromMilliseconds(2), TimeSpan.FromMilliseconds(20));
    }

    /// <summary>
    /// The share of a link's bandwidth that notifies of 60 KB use after the windows have had a second to grow.
    /// </summary>
    private static double UseOf(long bandwidth, int largestWindow)
    {
        long received = 0;
        TimeSpan measured = TimeSpan.FromSeconds(2);
        long counted = 0;
        Cluster.Of(["a", "b"])
            .LinkedBy(new LinkConditions
            {
                Latency = TimeSpan.FromMilliseconds(25), BytesPerSecond = bandwidth, WindowBytes = 64 * MiB,
            })
            .WithSettings(
                settings => settings with { Session = settings.Session with { MaxCreditWindow = largestWindow } })
            .Where("b", protocol => protocol.OnNotify(Blob.TypeCode, (_, bytes) => received += bytes.Length))
            .Run(async cluster =>
            {
                await cluster.UntilConnectedAsync();
                bool isOver = false;
                Task telling = TellAsync(cluster["a"], () => isOver);
                await cluster.Delay(TimeSpan.FromSeconds(1));
                long before = received;
                await cluster.Delay(measured);
                counted = received - before;
                isOver = true;
                await telling;
            });
        return counted / measured.TotalSeconds / bandwidth;
    }

    private static async Task TellAsync(ClusterNode from, Func<bool> isOver)
    {
        Blob message = new(new byte[60_000]);
        while (!isOver())
        {
            await from.TellAsync("b", message);
        }
    }
}
