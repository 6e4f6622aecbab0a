using ActorP2P;
using ActorP2P.Simulation;
using Xunit;

namespace Nodes;

public sealed class NodeTests
{
    [Fact]
    public void A_simulated_node_answers_in_MessagePack() =>
        Cluster.Of(["alice", "bob"])
            .WhereEveryNode(protocol => protocol
                .UseMessagePack<Move>(0x0101)
                .OnRequest<Move, Move>((move, _) => new Move(move.To, move.From)))
            .Run(async cluster =>
            {
                P2PNode alice = cluster["alice"].Node;

                Move answer = await alice.AskAsync<Move>(cluster["bob"].Address, new Move("e7", "e5"));

                Assert.Equal(new Move("e5", "e7"), answer);
            });
}
