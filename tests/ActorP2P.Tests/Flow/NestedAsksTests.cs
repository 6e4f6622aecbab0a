using ActorP2P.Protocol;
using ActorP2P.TestKit;

namespace ActorP2P.Tests.Flow;

/// <summary>
/// Handlers that ask the peer whose handlers ask them. Whatever their number, none waits for ever, and each ask ends in
/// time with a typed outcome.
/// </summary>
public sealed class NestedAsksTests
{
    private static readonly TimeSpan Timeout = new P2PNodeOptions().RequestTimeout;

    /// <summary>
    /// Handlers that wait for an ask of their own give their places to others, so that the inner asks find some.
    /// </summary>
    [Theory]
    [InlineData(4, 1024)]
    [InlineData(64, 4)]
    public void More_handlers_that_ask_each_other_than_may_run_all_succeed(int ofAPeer, int ofTheNode)
    {
        List<(string Outcome, TimeSpan Took)> ends = Play(
            20, settings => settings with { MaxConcurrentHandlers = ofAPeer, MaxNodeHandlers = ofTheNode });

        Assert.Equal(40, ends.Count);
        Assert.All(ends, end => Assert.Equal("answered inner", end.Outcome));
        Assert.All(ends, end => Assert.InRange(end.Took, TimeSpan.Zero, TimeSpan.FromSeconds(1)));
    }

    /// <summary>
    /// The maximum number of outer asks fills the connection in both directions. The inner asks give up after half of
    /// their time, so that the handlers can still report it to their askers. Waiting messages then continue.
    /// </summary>
    [Fact]
    public void Asks_of_handlers_beyond_the_limit_expire()
    {
        List<(string Outcome, TimeSpan Took)> ends = Play(SessionSettings.MinRequests, settings => settings with
        {
            Session = settings.Session with { MaxRequests = SessionSettings.MinRequests },
        });

        Assert.Equal(2 * SessionSettings.MinRequests, ends.Count);
        Assert.All(ends, end => Assert.Equal("answered Expired", end.Outcome));
        Assert.All(ends, end => Assert.InRange(end.Took, Timeout / 2, (Timeout / 2) + TimeSpan.FromSeconds(1)));
    }

    /// <summary>
    /// The credit of a request is returned when its handler has ended, so long requests may leave no credit for the
    /// inner asks.
    /// </summary>
    [Fact]
    public void Asks_of_handlers_that_find_no_credit_expire_too()
    {
        List<(string Outcome, TimeSpan Took)> ends = Play(8, settings => settings with
        {
            Session =
                settings.Session with { CreditWindow = SessionSettings.MinCreditWindow,
                    MaxCreditWindow = SessionSettings.MinCreditWindow },
        }, length: 65_000);

        Assert.Equal(16, ends.Count);
        Assert.All(ends,
            end => Assert.Contains(
                end.Outcome, (string[])["answered Expired", "answered inner", nameof(AskFailure.TimedOut)]));
        Assert.Contains(ends, end => end.Outcome == "answered Expired" && end.Took < Timeout);
        Assert.All(ends, end => Assert.InRange(end.Took, TimeSpan.Zero, Timeout + TimeSpan.FromSeconds(1)));
    }

    [Fact]
    public void On_any_small_bounds_asks_of_handlers_end_in_time() =>
        Scale.OnSeeds(20, static seed =>
    {
        Random random = new((int)seed);
        int depth = random.Next(1, 5);
        List<(string Outcome, TimeSpan Took)> ends = Play(
            random.Next(1, 60), settings => LeastBudgets.Drawn(settings, 70_000, random) with
        {
            MaxConcurrentHandlers = random.Next(1, 20),
            MaxNodeHandlers = random.Next(1, 20),
        }, random.Next(2, 60_000), depth, seed);
        Assert.All(ends, end => Assert.True(end.Took <= Timeout + TimeSpan.FromSeconds(0.1), $"{end}"));
    });

    /// <summary>Both nodes ask this number of times at once, and every handler except the deepest asks back.</summary>
    private static List<(string Outcome, TimeSpan Took)> Play(
        int count, Func<P2PNodeOptions, P2PNodeOptions> change, int length = 1, int depth = 1, ulong seed = 1)
    {
        List<(string Outcome, TimeSpan Took)> ends = [];
        Cluster.Of(["a", "b"])
            .WithSeed(seed)
            .LinkedBy(new LinkConditions { Latency = TimeSpan.FromMilliseconds(1) })
            .WithSettings(change)
            .WhereEveryNode((protocol, node) => protocol
                .OnRequest<Blob, Text>(async (request, context) => request.Bytes[0] == 0 ? new Text("inner")
                    : await AskBackAsync(node.Node, context, new Blob([(byte)(request.Bytes[0] - 1)]))))
            .Run(async cluster =>
            {
                await cluster.UntilConnectedAsync();
                byte[] request = new byte[length];
                request[0] = (byte)depth;
                await Task.WhenAll(
                    Enumerable.Range(0, 2 * count).Select(
                        i => EndAsync(cluster, i % 2 == 0 ? "a" : "b", new Blob(request), ends)));

                // Everything is over now: the next ask is answered at once.
                TimeSpan start = cluster.World.Now;
                Assert.Equal("inner", (await cluster["a"].AskAsync<Text>("b", new Blob([1]))).Value);
                Assert.InRange(cluster.World.Now - start, TimeSpan.Zero, TimeSpan.FromSeconds(1));
            });
        return ends;
    }

    private static async Task<Text> AskBackAsync(P2PNode node, RequestContext context, Blob request)
    {
        try
        {
            return await node.AskAsync<Text>(context.Peer, request, cancellationToken: context.CancellationToken);
        }
        catch (AskException failed)
        {
            return new Text(failed.Reason.ToString());
        }
    }

    private static async Task EndAsync(
        Cluster cluster, string from, Blob request, List<(string Outcome, TimeSpan Took)> ends)
    {
        TimeSpan start = cluster.World.Now;
        string outcome;
        try
        {
            outcome = $"answered {(await cluster[from].AskAsync<Text>(from == "a" ? "b" : "a", request)).Value}";
        }
        catch (AskException failed)
        {
            outcome = failed.Reason.ToString();
        }

        ends.Add((outcome, cluster.World.Now - start));
    }
}
