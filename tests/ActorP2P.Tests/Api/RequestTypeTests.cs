using ActorP2P.TestKit;

namespace ActorP2P.Tests.Api;

/// <summary>A request type that names the type of its answer.</summary>
public sealed class RequestTypeTests
{
    private static Cluster Nodes => ClientAndServer.Of(protocol => protocol
        .OnRequest<Question, Text>((question, _) => new Text($"{question.Value}!")));

    [Fact]
    public void The_type_of_the_answer_is_inferred() => Nodes.Run(async cluster =>
    {
        (P2PNode client, P2PNode server, Peer peer) = await ClientAndServer.ConnectAsync(cluster);

        Text answer = await client.AskAsync(peer, new Question("why"));
        Text byAddress = await client.AskAsync(
            server.ListenAddresses[0], new Question("how"), new() { Lane = Lane.High });

        Assert.Equal(("why!", "how!"), (answer.Value, byAddress.Value));
    });

    [Fact]
    public void An_ask_for_another_answer_is_refused_before_it_is_sent() => Nodes.Run(async cluster =>
    {
        (P2PNode client, P2PNode server, Peer peer) = await ClientAndServer.ConnectAsync(cluster);
        long sent = client.Statistics.FramesSent;

        ArgumentException refusal = Assert.Throws<ArgumentException>(
            () => { _ = client.AskAsync<Blob>(peer, new Question("why")); });
        await Assert.ThrowsAsync<ArgumentException>(
            () => client.AskAsync<Blob>(server.ListenAddresses[0], new Question("why")));

        Assert.Equal("request", refusal.ParamName);
        Assert.Contains("5401", refusal.Message, StringComparison.Ordinal);
        Assert.Equal(sent, client.Statistics.FramesSent);
    });

    [Fact]
    public async Task A_handler_that_gives_another_answer_is_refused() =>
        await Assert.ThrowsAsync<InvalidOperationException>(() =>
        P2PNode.StartAsync(new P2PNodeOptions(),
            protocol => protocol.OnRequest<Question, Blob>((_, _) => new Blob([]))));
}
