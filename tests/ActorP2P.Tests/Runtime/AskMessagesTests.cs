using ActorP2P.Protocol;

namespace ActorP2P.Tests.Runtime;

/// <summary>The number of messages between actors for an ask, as docs/internals/architecture.md lists them.</summary>
public sealed class AskMessagesTests
{
    [Fact]
    public void An_ask_takes_four_messages_here_and_two_there()
    {
        (string[] asking, string[] answering) = Trace("single", asks: 1);

        Assert.Equal(["requests AsksPosted", "peer OutboxFilled", "peer FrameBatch", "requests Ended"], asking);

        // The handler runs between the two: as one work item, without a message.
        Assert.Equal(["peer FrameBatch", "peer HandlersEnded"], answering);
    }

    [Fact]
    public void Asks_that_are_made_together_take_no_more()
    {
        (string[] asking, string[] answering) = Trace("batch", asks: 64);

        Assert.Equal(["requests AsksPosted", "peer OutboxFilled", "peer FrameBatch", "requests Ended"], asking);
        Assert.Equal(["peer FrameBatch", "peer HandlersEnded"], answering);
    }

    private static (string[] Asking, string[] Answering) Trace(string name, int asks)
    {
        string client = $"{name}-client";
        string server = $"{name}-server";
        (string[], string[]) traces = default;
        VirtualMesh mesh = new() { Config = TracingMailbox.Traced };
        mesh.Run(async () =>
        {
            await using P2PNode b = await mesh.StartAsync(
                server, protocol => protocol.OnRequest<Text, Text>((request, _) => request));
            await using P2PNode a = await mesh.StartAsync(client);
            Peer peer = await a.ConnectAsync(b.ListenAddresses[0]);
            await a.AskAsync<Text>(peer, new Text("the first one makes what it needs"));
            await Task.Delay(TimeSpan.FromSeconds(1), mesh.World.TimeProvider);
            TracingMailbox.TraceOf(client).Clear();
            TracingMailbox.TraceOf(server).Clear();

            Text[] answers = await Task.WhenAll(
                Enumerable.Range(0, asks).Select(i => a.AskAsync<Text>(peer, new Text($"{i}"))));
            await Task.Delay(TimeSpan.FromSeconds(1), mesh.World.TimeProvider);

            Assert.Equal(
                Enumerable.Range(0, asks).Select(static i => $"{i}"), answers.Select(static answer => answer.Value));
            traces = ([.. TracingMailbox.TraceOf(client)], [.. TracingMailbox.TraceOf(server)]);
        });
        return traces;
    }
}
