using ActorP2P.Tests.Transports;
using ActorP2P.Transport.Tests;

namespace ActorP2P.Tests.Connections;

/// <summary>Two real nodes that dial each other at once, over both transports.</summary>
[Collection(SocketsCollection.Name)]
public sealed class DuplicateLinkOverSocketsTests
{
    [Theory]
    [ClassData(typeof(BothTransports))]
    public async Task Two_nodes_that_dial_each_other_keep_one_connection(TransportKind kind)
    {
        await using P2PNode one = await StartAsync(kind);
        await using P2PNode other = await StartAsync(kind);
        using NodeEvents ofOne = one.Events();
        using NodeEvents ofOther = other.Events();

        // Without the ids in their addresses, both dial whatever connection there is.
        Task<Peer> fromOne = one.ConnectAsync(other.ListenAddresses[0].WithoutId);
        Task<Peer> fromOther = other.ConnectAsync(one.ListenAddresses[0].WithoutId);
        await Task.WhenAll(fromOne, fromOther).WaitAsync(Waits.Guard);
        await EndOfDuplicateAsync(ofOne).WaitAsync(Waits.Guard);
        await EndOfDuplicateAsync(ofOther).WaitAsync(Waits.Guard);

        Peer atOne = Assert.Single(one.Peers);
        Peer atOther = Assert.Single(other.Peers);
        Assert.NotEqual(atOne.IsOutbound, atOther.IsOutbound);
        Assert.Equal("hi", (await one.AskAsync<Text>(atOne, new Text("hi")).WaitAsync(Waits.Guard)).Value);
        Assert.Equal("ho", (await other.AskAsync<Text>(atOther, new Text("ho")).WaitAsync(Waits.Guard)).Value);
    }

    private static async Task EndOfDuplicateAsync(NodeEvents events)
    {
        DisconnectReason? reason;
        do
        {
            NodeEvent happened = await events.ReadAsync<NodeEvent>();
            reason = (happened as PeerDisconnected)?.Reason ?? (happened as PeerRefused)?.End.Reason;
        }
        while (reason is null);

        Assert.Equal(DisconnectReason.DuplicateConnection, reason);
    }

    private static Task<P2PNode> StartAsync(TransportKind kind) => P2PNode.StartAsync(
        new P2PNodeOptions { Transport = kind, Encryption = Encryption.Required },
        static protocol => protocol.OnRequest<Text, Text>(static (request, _) => request));
}
