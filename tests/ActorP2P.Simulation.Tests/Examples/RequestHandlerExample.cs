namespace ActorP2P.Simulation.Tests.Examples;

public sealed class RequestHandlerExample
{
    [Fact]
    public void A_question_is_answered()
    {
        Cluster.Of(["alice", "bob"])
            .Where("bob",
                protocol => protocol.OnRequest<Text, Text>((question, _) => new Text($"{question.Value} indeed")))
            .Run(async cluster =>
            {
                Text answer = await cluster["alice"].AskAsync<Text>("bob", new Text("rain"));

                Assert.Equal("rain indeed", answer.Value);
            });
    }
}
