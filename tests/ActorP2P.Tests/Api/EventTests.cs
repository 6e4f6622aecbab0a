using System.Threading.Channels;

namespace ActorP2P.Tests.Api;

/// <summary>Events as an asynchronous sequence.</summary>
public sealed class EventTests
{
    [Fact]
    public void Missed_events_are_counted_in_their_place() => ClientAndServer.Of().Run(async cluster =>
    {
        (P2PNode client, P2PNode server, Peer peer) = await ClientAndServer.ConnectAsync(cluster);
        using NodeEvents events = client.Events(capacity: 2);
        for (int i = 0; i < 3; i++)
        {
            await client.DisconnectAsync(peer);
            peer = await client.ConnectAsync(server.ListenAddresses[0]);
        }

        List<NodeEvent> seen = [];
        while (events.TryRead(out NodeEvent? next))
        {
            seen.Add(next);
        }

        Assert.Equal(4, Assert.IsType<EventsMissed>(seen[0]).Count);
        Assert.IsType<PeerDisconnected>(seen[1]);
        Assert.Same(peer, Assert.IsType<PeerConnected>(seen[2]).Peer);
        Assert.Equal(3, seen.Count);
        Assert.Equal(4, events.Missed);
        Assert.All(seen, happened => Assert.Equal(client.Id, happened.Node));
    });

    [Fact]
    public void The_sequence_ends_with_the_node() => ClientAndServer.Of().Run(async cluster =>
    {
        (P2PNode client, _, _) = await ClientAndServer.ConnectAsync(cluster);
        NodeEvents events = client.Events();

        await client.DisposeAsync();

        List<NodeEvent> seen = [];
        await foreach (NodeEvent happened in events)
        {
            seen.Add(happened);
        }

        Assert.Equal(DisconnectReason.ShuttingDown, Assert.IsType<PeerDisconnected>(Assert.Single(seen)).Reason);
        await Assert.ThrowsAsync<ChannelClosedException>(() => events.ReadAsync().AsTask());
    });
}
