using ActorP2P.Protocol;
using ActorP2P.TestKit;

namespace ActorP2P.Tests.Flow;

/// <summary>No choice of budgets, however small, lets two honest peers block each other.</summary>
public sealed class NoDeadlockTests
{
    private const int MiB = 1024 * 1024;

    /// <summary>The handler of each side asks the other side, and the replies have the maximum length.</summary>
    [Fact]
    public void Handlers_that_ask_each_other_succeed_on_the_least_budgets()
    {
        int count = Scale.Of(60, 5_000);
        int answered = 0;
        Cluster.Of(["a", "b"])
            .LinkedBy(new LinkConditions { Latency = TimeSpan.FromMilliseconds(1) })
            .WithSettings(settings => LeastBudgets.Of(settings, MiB) with { RequestTimeout = TimeSpan.FromHours(1) })
            .WhereEveryNode((protocol, node) => protocol
                .OnRequest<Blob, Blob>((_, _) => new Blob(new byte[MiB]))
                .OnRequest<Text, Text>(async (_, context) =>
                {
                    Blob reply = await node.Node.AskAsync<Blob>(context.Peer, new Blob([]));
                    answered += reply.Bytes.Length == MiB ? 1 : 0;
                    return new Text("asked");
                }))
            .Run(async cluster =>
            {
                await cluster.UntilConnectedAsync();
                await Task.WhenAll(
                    AskAsync(cluster["a"], "b", count, atATime: SessionSettings.MinRequests / 2),
                    AskAsync(cluster["b"], "a", count, atATime: SessionSettings.MinRequests / 2));
            }, TimeSpan.FromDays(1));

        Assert.Equal(2 * count, answered);
    }

    /// <summary>
    /// Requests that find no room are refused with a typed outcome. Nothing waits for ever, and every small request is
    /// answered.
    /// </summary>
    [Fact]
    public void Asks_on_any_small_budgets_are_answered_or_refused() => Scale.OnSeeds(12, PlayAsks);

    private static void PlayAsks(ulong seed)
    {
        Random random = new((int)seed);
        int longest = random.Next(SessionSettings.MinMaxMessage, 400_000);
        Cluster.Of(["a", "b"])
            .WithSeed(seed)
            .LinkedBy(new LinkConditions { Latency = TimeSpan.FromMilliseconds(random.Next(1, 30)) })
            .WithSettings(
                settings => LeastBudgets.Drawn(
                    settings, longest, new Random((int)seed)) with { RequestTimeout = TimeSpan.FromMinutes(10) })
            .WhereEveryNode(
                protocol => protocol.OnRequest<Blob, Blob>(
                    (request, _) => new Blob(new byte[BitConverter.ToInt32(request.Bytes)])))
            .Run(async cluster =>
            {
                await cluster.UntilConnectedAsync();
                await Task.WhenAll(Enumerable.Range(0, 60).Select(index => AskAnythingAsync(
                    cluster[index % 2 == 0 ? "a" : "b"], index % 2 == 0 ? "b" : "a", longest, random)));
            });
    }

    private static async Task AskAnythingAsync(ClusterNode from, string to, int longest, Random random)
    {
        bool isLarge = random.Next(3) == 0;
        byte[] request = new byte[isLarge ? random.Next(4, longest) : random.Next(4, 60_000)];
        int reply = random.Next(longest);
        BitConverter.TryWriteBytes(request, reply);
        try
        {
            Blob answer = await from.AskAsync<Blob>(to, new Blob(request), new() { Lane = (Lane)random.Next(1, 4) });
            Assert.Equal(reply, answer.Bytes.Length);
        }
        catch (AskException refused) when (isLarge)
        {
            Assert.Equal(AskFailure.NoRoom, refused.Reason);
        }
    }

    private static async Task AskAsync(ClusterNode from, string to, int count, int atATime)
    {
        int left = count;
        await Task.WhenAll(Enumerable.Range(0, atATime).Select(async _ =>
        {
            while (left-- > 0)
            {
                Assert.Equal("asked", (await from.AskAsync<Text>(to, new Text("ask"))).Value);
            }
        }));
    }
}
