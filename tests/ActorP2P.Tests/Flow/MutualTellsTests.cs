using ActorP2P.Protocol;
using ActorP2P.TestKit;

namespace ActorP2P.Tests.Flow;

/// <summary>Notify handlers on both sides of a connection that wait for room for notifies of their own.</summary>
public sealed class MutualTellsTests
{
    /// <summary>
    /// Both sides send more than credit and queue can hold, and each handler tells the sender something. No handler can
    /// continue before another ends, so each gives up after half of the time in which a peer must let something
    /// through.
    /// </summary>
    [Fact]
    public void Handlers_that_wait_for_room_give_up_before_the_connection()
    {
        Dictionary<string, int> outcomes = [];
        Cluster.Of(["a", "b"])
            .LinkedBy(new LinkConditions { Latency = TimeSpan.FromMilliseconds(1) })
            .WithSettings(settings => settings with
            {
                MaxConcurrentHandlers = 4,
                Session = settings.Session with
                {
                    CreditWindow = SessionSettings.MinCreditWindow,
                    MaxCreditWindow = SessionSettings.MinCreditWindow,
                    MaxQueued = 100_000,
                },
            })
            .WhereEveryNode((protocol, node) => protocol.OnNotify<Blob>(async (message, context) =>
            {
                if (message.Bytes[0] > 0)
                {
                    string outcome = await TellBackAsync(node.Node, context.Peer, message.Bytes.Length);
                    outcomes[outcome] = outcomes.GetValueOrDefault(outcome) + 1;
                }
            }))
            .Run(async cluster =>
            {
                await cluster.UntilConnectedAsync();
                Peer[] peers = [cluster["a"].Node.Peers.Single(), cluster["b"].Node.Peers.Single()];
                byte[] bytes = new byte[10_000];
                bytes[0] = 1;
                for (int i = 0; i < 60; i++)
                {
                    _ = cluster["a"].Node.TellAsync(peers[0], new Blob(bytes));
                    _ = cluster["b"].Node.TellAsync(peers[1], new Blob(bytes));
                }

                await cluster.Delay(new SessionSettings().CreditTimeout * 10);

                Assert.Equal(peers, [cluster["a"].Node.Peers.Single(), cluster["b"].Node.Peers.Single()]);
            });

        Assert.Equal(120, outcomes.Values.Sum());
        Assert.True(outcomes.GetValueOrDefault("Expired") > 0,
            "No handler had to give up, so the test proves nothing.");
    }

    private static async Task<string> TellBackAsync(P2PNode node, Peer peer, int length)
    {
        try
        {
            await node.TellAsync(peer, new Blob(new byte[length]));
            return "told";
        }
        catch (SendException refused)
        {
            return refused.Reason.ToString();
        }
    }
}
