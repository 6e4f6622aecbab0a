using System.Net;
using ActorP2P.Protocol;
using ActorP2P.Tests.Hostile;
using ActorP2P.Transport;

namespace ActorP2P.Tests;

/// <summary>Names and the different spellings of addresses, over sockets.</summary>
[Collection(SocketsCollection.Name)]
public sealed class SocketNameTests
{
    private static readonly TimeSpan Guard = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task A_node_listens_on_all_addresses_of_a_name_and_tells_them()
    {
        await using P2PNode server = await StartAsync(new PeerAddress("two-addresses", 0), "127.0.0.1", "127.0.0.2");
        await using P2PNode client = await StartAsync(null);
        Assert.Equal(["127.0.0.1", "127.0.0.2"], server.ListenAddresses.Select(address => address.Host));
        foreach (PeerAddress address in server.ListenAddresses)
        {
            Peer peer = await client.ConnectAsync(address).WaitAsync(Guard);
            Assert.Equal(server.ListenAddresses, peer.ListenAddresses);
        }
    }

    [Fact]
    public async Task A_bootstrap_name_leads_past_a_wrong_node_to_another()
    {
        await using P2PNode server = await StartAsync(new PeerAddress("127.0.0.2", 0));
        int port = server.ListenAddresses[0].Port;
        await using P2PNode wrong = await P2PNode.StartAsync(
            new P2PNodeOptions { NetworkId = "other", Listen = new PeerAddress("127.0.0.3", port) });
        SocketTransport transport = new(
            new SocketTransportSettings { Resolver = new Resolver("127.0.0.3", "127.0.0.2") }, TimeProvider.System);
        P2PNodeOptions settings =
            new() { NetworkId = "test", Listen = null, Bootstrap = [new PeerAddress("seed", port)] };
        await using P2PNode node = await P2PNode.StartAsync(
            settings, services: new P2PNodeServices { Transport = transport });
        using NodeEvents events = node.Events();
        while (node.Peers.Count == 0)
        {
            await events.ReadAsync().AsTask().WaitAsync(Guard);
        }

        Assert.Equal(server.ListenAddresses[0].WithoutId, node.Peers[0].Address);
    }

    [Fact]
    public async Task A_mapped_address_is_listened_on_and_dialled_as_IPv4()
    {
        await using P2PNode server = await StartAsync(PeerAddress.Parse("[::ffff:127.0.0.1]:0"));
        await using P2PNode client = await StartAsync(null);
        int port = server.ListenAddresses[0].Port;
        Peer peer = await client.ConnectAsync(PeerAddress.Parse($"[::ffff:127.0.0.1]:{port}")).WaitAsync(Guard);
        Assert.Equal(new PeerAddress("127.0.0.1", port), peer.Address);
    }

    [Fact]
    public async Task A_wildcard_address_is_listened_on_and_not_told()
    {
        await using P2PNode server = await StartAsync(new PeerAddress("0.0.0.0", 0));
        await using P2PNode client = await StartAsync(null);
        Peer peer = await client.ConnectAsync(
            new PeerAddress("127.0.0.1", server.ListenAddresses[0].Port)).WaitAsync(Guard);
        Assert.Empty(peer.ListenAddresses);
    }

    private static Task<P2PNode> StartAsync(PeerAddress? listen, params string[] addresses) => P2PNode.StartAsync(
        new P2PNodeOptions { NetworkId = "test", Listen = listen },
        services: new P2PNodeServices
        {
            Transport = new SocketTransport(
                new SocketTransportSettings { Resolver = new Resolver(addresses) }, TimeProvider.System),
        });

    private sealed class Resolver(params string[] addresses) : INameResolver
    {
        public Task<IReadOnlyList<IPAddress>> ResolveAsync(string host, CancellationToken cancellationToken) =>
            Task.FromResult<IReadOnlyList<IPAddress>>([.. addresses.Select(IPAddress.Parse)]);
    }
}
