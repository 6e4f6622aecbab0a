using ActorP2P.Protocol;
using ActorP2P.TestKit;

namespace ActorP2P.Tests;

/// <summary>
/// An ask with an expiry ends when the expiry has passed, wherever the request waits and although nothing else happens.
/// </summary>
public sealed class ExpiryTests
{
    private static readonly TimeSpan Expiry = TimeSpan.FromSeconds(2);

    [Fact]
    public void A_request_that_waits_for_its_handler_ends_when_it_expires() => Play(
        settings => settings with { MaxConcurrentHandlers = 1 }, length: 10, begun: 1, waiting: 3);

    /// <summary>Four requests use up the credit, and the others wait for more.</summary>
    [Fact]
    public void A_request_that_waits_for_credit_ends_when_it_expires() =>
        Play(settings => settings, length: 60_000, begun: 4, waiting: 3);

    /// <summary>Four requests use up the credit, one fills the queue, and the others wait for room in it.</summary>
    [Fact]
    public void A_request_that_waits_for_room_ends_when_it_expires() => Play(
        settings => settings with { Session = settings.Session with { MaxQueued = 1 } }, length: 60_000, begun: 5,
        waiting: 3);

    private static void Play(Func<P2PNodeOptions, P2PNodeOptions> change, int length, int begun, int waiting)
    {
        TaskCompletionSource opened = new();
        Cluster.Of(["a", "b"]).WithSettings(change).Where(
            "b", protocol => protocol.OnRequest<Blob, Text>(async (_, _) =>
        {
            await opened.Task;
            return new Text("late");
        })).Run(async cluster =>
        {
            await cluster.UntilConnectedAsync();
            Peer b = cluster["a"].Node.Peers.Single();
            Task<Text>[] asks = [.. Enumerable.Range(0, begun + waiting).Select(i => cluster["a"].Node.AskAsync<Text>(
                b, new Blob(new byte[length]), new SendOptions { Expiry = i < begun ? null : Expiry }))];
            TimeSpan start = cluster.World.Now;
            foreach (Task<Text> ask in asks[begun..])
            {
                Assert.Equal(AskFailure.Expired, (await Assert.ThrowsAsync<AskException>(() => ask)).Reason);
            }

            Assert.InRange(cluster.World.Now - start, Expiry, Expiry + TimeSpan.FromSeconds(0.1));
            opened.SetResult();
            Assert.All(await Task.WhenAll(asks[..begun]), answer => Assert.Equal("late", answer.Value));
            Assert.Equal(waiting, cluster.Nodes.Sum(node => node.Node.Statistics.ExpiredMessages));
        });
    }
}
