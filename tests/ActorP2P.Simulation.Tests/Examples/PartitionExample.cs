using ActorP2P.Protocol;

namespace ActorP2P.Simulation.Tests.Examples;

public sealed class PartitionExample
{
    [Fact]
    public void A_mesh_in_two_halves_grows_together_again()
    {
        SortedSet<string> heard = [];
        Cluster.Of(6).FullyMeshed()
            .LinkedBy(
                new LinkConditions
                {
                    Latency = TimeSpan.FromMilliseconds(40),
                    Jitter = TimeSpan.FromMilliseconds(20),
                    Loss = 0.01,
                })
            .WhereEveryNode((protocol, node) => protocol.OnBroadcast<Text>((_, _) =>
            {
                heard.Add(node.Name);
                return Verdict.Accept;
            }))
            .At(TimeSpan.FromSeconds(10),
                faults => faults.Partition(["node0", "node1", "node2"], ["node3", "node4", "node5"]))
            .At(TimeSpan.FromMinutes(5), faults => faults.HealAll())
            .Run(async cluster =>
            {
                await cluster.Delay(TimeSpan.FromMinutes(4));
                await cluster["node0"].BroadcastAsync(new Text("half"));
                await cluster.Delay(TimeSpan.FromSeconds(30));
                Assert.Equal(["node1", "node2"], heard);

                await cluster.UntilConnectedAsync(TimeSpan.FromMinutes(15));
                await cluster["node0"].BroadcastAsync(new Text("whole"));
                await cluster.Delay(TimeSpan.FromSeconds(30));
                Assert.Equal(["node1", "node2", "node3", "node4", "node5"], heard);
            });
    }
}
