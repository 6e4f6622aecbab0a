namespace ActorP2P.Simulation.Tests;

public sealed class ClusterTests
{
    [Fact]
    public void Two_nodes_ask_each_other()
    {
        Text? reply = null;
        Cluster.Of(["alice", "bob"])
            .WhereEveryNode(
                protocol => protocol.OnRequest<Text, Text>((request, _) => new Text($"echo {request.Value}")))
            .Run(async cluster =>
            {
                await cluster.UntilConnectedAsync();
                reply = await cluster["alice"].AskAsync<Text>("bob", new Text("hello"));
            });

        Assert.Equal("echo hello", reply?.Value);
    }

    [Fact]
    public void The_same_seed_gives_the_same_run_and_another_seed_another()
    {
        ClusterResult first = RandomFaults.Of(7).RunFor(TimeSpan.FromSeconds(40));

        Assert.Equal(first, RandomFaults.Of(7).RunFor(TimeSpan.FromSeconds(40)));
        Assert.NotEqual(first.TraceHash, RandomFaults.Of(8).RunFor(TimeSpan.FromSeconds(40)).TraceHash);
    }
}
