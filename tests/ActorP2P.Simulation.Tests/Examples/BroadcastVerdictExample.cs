using ActorP2P.Protocol;

namespace ActorP2P.Simulation.Tests.Examples;

public sealed class BroadcastVerdictExample
{
    [Fact]
    public void Only_accepted_news_are_relayed()
    {
        List<string> heard = [];
        Cluster.Of(["a", "b", "c", "d"]).InALine()
            .WhereEveryNode((protocol, node) => protocol.OnBroadcast<Text>((_, _) =>
            {
                heard.Add(node.Name);
                return node.Name == "c" ? Verdict.Ignore : Verdict.Accept;
            }))
            .Run(async cluster =>
            {
                await cluster.UntilConnectedAsync();
                await cluster["a"].BroadcastAsync(new Text("the earth is flat"));
                await cluster.Delay(TimeSpan.FromSeconds(1));
            });

        Assert.Equal(["b", "c"], heard);
    }
}
