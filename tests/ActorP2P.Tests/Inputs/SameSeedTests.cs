using ActorP2P.Determinism;
using ActorP2P.Protocol;
using ActorP2P.Tests.Hostile;
using ActorP2P.Transport;

namespace ActorP2P.Tests;

/// <summary>Two nodes with the same seed have different identities and behave as two nodes.</summary>
[Collection(SocketsCollection.Name)]
public sealed class SameSeedTests
{
    private static readonly NodeId Identity = new([.. Enumerable.Repeat((byte)7, NodeId.Size)]);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Nodes_of_one_seed_connect_over_sockets(bool ofOneIdentity)
    {
        P2PNodeServices environment =
            new() { Seed = 1, Identity = ofOneIdentity ? NodeIdentity.WithoutKey(Identity) : null };
        P2PNodeOptions settings = new() { NetworkId = "test", Encryption = Encryption.Off };
        await using P2PNode a = await P2PNode.StartAsync(settings, services: environment);
        await using P2PNode b = await P2PNode.StartAsync(settings, services: environment);
        Peer peer = await a.ConnectAsync(b.ListenAddresses[0]).WaitAsync(TimeSpan.FromSeconds(30));
        Assert.Equal(new ClaimedNodeId(b.Id), peer.ClaimedId);
    }

    [Fact]
    public void Nodes_of_one_seed_connect_in_virtual_time()
    {
        SimulatedWorld world = new(1);
        SimulatedNetwork network = new(world);
        List<string> heard = [];
        world.Run(async () =>
        {
            await using P2PNode a = await StartAsync(world, network, 1, heard);
            await using P2PNode b = await StartAsync(world, network, 2, heard);
            await a.ConnectAsync(b.ListenAddresses[0]);
            await Task.Delay(TimeSpan.FromSeconds(1), world.TimeProvider);
            await a.BroadcastAsync(new Text("news"));
            await b.BroadcastAsync(new Text("news"));
            await Task.Delay(TimeSpan.FromSeconds(1), world.TimeProvider);
        }, TimeSpan.FromHours(1));
        Assert.Equal(["node1: news", "node2: news"], heard.Order());
    }

    private static Task<P2PNode> StartAsync(
        SimulatedWorld world, SimulatedNetwork network, byte key, List<string> heard) =>
        P2PNode.StartAsync(
            new P2PNodeOptions { NetworkId = "test", Listen = new PeerAddress($"node{key}", 1) },
            protocol => protocol.OnBroadcast<Text>((message, _) =>
            {
                heard.Add($"node{key}: {message.Value}");
                return Verdict.Accept;
            }),
            new P2PNodeServices
            {
                ActorSystem = SimulatedSystem.Create(world, $"node{key}", new SimulatedSystemOptions { Node = key }),
                Transport = network.CreateTransport($"node{key}", key),
                TimeProvider = world.TimeProviderOf(key),
                Seed = 1,
                Identity = NodeIdentity.WithoutKey(new NodeId([.. new byte[NodeId.Size - 1], key])),
            });
}
