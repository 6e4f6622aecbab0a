using ActorP2P.Protocol;
using ActorP2P.Tests.Hostile;

namespace ActorP2P.Tests.Discovery;

/// <summary>Nodes that only tell others where nodes are.</summary>
public sealed class RoleTests
{
    private const string Server = "20.1.0.1";

    [Fact]
    public void A_normal_node_asks_and_leaves()
    {
        VirtualMesh mesh = new();
        mesh.Run(async () =>
        {
            await using P2PNode server = await mesh.StartAsync(Server, change: Serving);
            await using P2PNode one = await mesh.StartAsync("20.2.0.1", change: ExchangeTests.Discovering(Server));
            await using P2PNode two = await mesh.StartAsync("20.3.0.1", change: ExchangeTests.Discovering(Server));

            // The two may dial each other at the same time.
            await ExchangeTests.Until(mesh, () => HasOnly(one, "20.3.0.1") && HasOnly(two, "20.2.0.1"));
            Assert.Equal(2, server.Discovery!.Addresses);
            Assert.Equal(0, server.Discovery.Outbound);
        });
    }

    [Fact]
    public void It_wants_no_broadcasts_and_keeps_no_connection()
    {
        VirtualMesh mesh = new();
        mesh.Run(async () =>
        {
            await using P2PNode server = await mesh.StartAsync(
                Server, static protocol => protocol.OnBroadcast<Text>(static (_, _) => Verdict.Accept),
                change: Serving);
            await using P2PNode node = await mesh.StartAsync("20.2.0.1");
            using NodeEvents events = node.Events();
            Peer peer = await node.ConnectAsync(new PeerAddress(Server, 1));
            TimeSpan begun = mesh.World.Now;
            Assert.Equal(BroadcastTypes.None, peer.WantedBroadcasts);

            PeerDisconnected ended = await events.ReadAsync<PeerDisconnected>();
            Assert.Equal(DisconnectReason.ApplicationClosed, ended.Reason);
            Assert.InRange(mesh.World.Now - begun, TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(34));
        });
    }

    private static bool HasOnly(P2PNode node, string host) =>
        node.Peers.Count > 0 && node.Peers.All(peer => peer.Address.Host == host);

    private static P2PNodeOptions Serving(P2PNodeOptions settings) => settings with
    {
        Discovery = new DiscoverySettings { Mode = DiscoveryMode.On, Role = NodeRole.Discovery },
    };
}
