using ActorP2P.Protocol;

namespace ActorP2P.Tests;

/// <summary>
/// A peer belongs to the node from which it was obtained. Another node does not take it for one of its own.
/// </summary>
public sealed class ForeignPeerTests
{
    [Fact]
    public void A_peer_of_another_node_is_refused_at_every_entry()
    {
        VirtualMesh mesh = new();
        int heard = 0;
        mesh.Run(async () =>
        {
            await using P2PNode c = await mesh.StartAsync("c", protocol => protocol
                .OnRequest<Text, Text>((request, _) => Count(request))
                .OnNotify<Text>((message, _) => Count(message)));
            await using P2PNode b = await mesh.StartAsync("b");
            await using P2PNode a = await mesh.StartAsync("a");
            Peer own = await a.ConnectAsync(c.ListenAddresses[0]);
            Peer foreign = await b.ConnectAsync(c.ListenAddresses[0]);
            Assert.Equal(own.ConnectionId, foreign.ConnectionId);

            await AssertRefusedAsync(() => a.AskAsync<Text>(foreign, new Text("x")));
            await AssertRefusedAsync(() => a.AskAsync<Text>(foreign, new Text("x"), SendOptions.Default));
            await AssertRefusedAsync(() => a.TellAsync(foreign, new Text("x")));
            await AssertRefusedAsync(() => a.TellAsync(foreign, new Text("x"), SendOptions.Default));
            await AssertRefusedAsync(() => Task.FromResult(a.TryTell(foreign, new Text("x"))));
            await AssertRefusedAsync(() =>
            {
                _ = a.DisconnectAsync(foreign);
                return Task.CompletedTask;
            });
            await Task.Delay(TimeSpan.FromSeconds(1), mesh.World.TimeProvider);
            Assert.Equal(0, heard);
            Assert.Equal((1, 1, 2), (a.Peers.Count, b.Peers.Count, c.Peers.Count));
        });

        Text Count(Text message)
        {
            heard++;
            return message;
        }
    }

    private static async Task AssertRefusedAsync(Func<Task> use)
    {
        ArgumentException refused = await Assert.ThrowsAsync<ArgumentException>(use);
        Assert.Equal("peer", refused.ParamName);
        Assert.Contains("a peer of another node", refused.Message, StringComparison.Ordinal);
    }
}
