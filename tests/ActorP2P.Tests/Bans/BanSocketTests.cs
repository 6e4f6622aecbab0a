using ActorP2P.Protocol;
using ActorP2P.Tests.Transports;
using ActorP2P.Transport.Tests;

namespace ActorP2P.Tests.Bans;

/// <summary>Bans over sockets.</summary>
[Collection(SocketsCollection.Name)]
public sealed class BanSocketTests
{
    [Theory]
    [ClassData(typeof(BothTransports))]
    public async Task A_banned_node_is_closed_and_refused(TransportKind kind)
    {
        await using P2PNode server = await StartAsync(kind);
        await using P2PNode villain = await StartAsync(kind);
        await using P2PNode honest = await StartAsync(kind);
        PeerAddress address = server.ListenAddresses[0];
        using NodeEvents told = villain.Events();
        await villain.ConnectAsync(address).WaitAsync(Waits.Guard);

        await server.BanAsync(villain.Id, TimeSpan.FromHours(1)).WaitAsync(Waits.Guard);

        Assert.Equal(
            DisconnectReason.Banned,
            (await told.ReadAsync<PeerDisconnected>().AsTask().WaitAsync(Waits.Guard)).Reason);
        ConnectException refusal = await Assert.ThrowsAsync<ConnectException>(
            () => villain.ConnectAsync(address).WaitAsync(Waits.Guard));
        Assert.Equal(DisconnectReason.Banned, refusal.End?.Reason);
        await honest.ConnectAsync(address).WaitAsync(Waits.Guard);
        await server.LiftBanAsync(villain.Id).WaitAsync(Waits.Guard);
        await villain.ConnectAsync(address).WaitAsync(Waits.Guard);
    }

    [Theory]
    [ClassData(typeof(BothTransports))]
    public async Task A_penalised_node_of_this_computer_is_closed_but_not_banned(TransportKind kind)
    {
        await using P2PNode server = await StartAsync(kind);
        await using P2PNode villain = await StartAsync(kind);
        using NodeEvents told = villain.Events();
        Peer peer = await villain.ConnectAsync(server.ListenAddresses[0]).WaitAsync(Waits.Guard);

        await BadText.SendAsync(villain, peer).WaitAsync(Waits.Guard);

        Assert.Equal(
            DisconnectReason.Penalised,
            (await told.ReadAsync<PeerDisconnected>().AsTask().WaitAsync(Waits.Guard)).Reason);
        Assert.Empty(server.Bans);
        await villain.ConnectAsync(server.ListenAddresses[0]).WaitAsync(Waits.Guard);
    }

    private static Task<P2PNode> StartAsync(TransportKind kind) => P2PNode.StartAsync(
        new P2PNodeOptions { Transport = kind }, static protocol => protocol.OnNotify<Text>(static (_, _) => { }));
}
