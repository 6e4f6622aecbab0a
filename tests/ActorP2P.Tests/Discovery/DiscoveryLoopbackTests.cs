using ActorP2P.Protocol;

namespace ActorP2P.Tests.Discovery;

/// <summary>Thirty nodes over sockets, which know one of them.</summary>
[Collection(SocketsCollection.Name)]
public sealed class DiscoveryLoopbackTests
{
    private const int Nodes = 30;
    private const int Target = 4;

    // The test reaches this limit only when something hangs.
    private static readonly TimeSpan s_guard = TimeSpan.FromSeconds(90);

    [Theory]
    [ClassData(typeof(Transports.BothTransports))]
    public async Task Thirty_nodes_find_each_other_from_one(TransportKind transport)
    {
        ActorSystem system = ActorSystem.Create("discovery");
        List<P2PNode> nodes = [];
        try
        {
            for (int i = 0; i < Nodes; i++)
            {
                PeerAddress[] bootstrap = i == 0 ? [] : [nodes[0].ListenAddresses[0]];
                nodes.Add(await P2PNode.StartAsync(
                    new P2PNodeOptions
                    {
                        Transport = transport,
                        Discovery = new DiscoverySettings
                        {
                            Mode = DiscoveryMode.On,
                            Role = i == 0 ? NodeRole.Discovery : NodeRole.Normal,
                            Bootstrap = bootstrap,
                            Outbound = Target,
                            PrivateAddresses = true,
                        },
                    },
                    services: new P2PNodeServices { ActorSystem = system, Name = $"node{i}" }).WaitAsync(s_guard));
            }

            using CancellationTokenSource limit = new(s_guard);
            using PeriodicTimer look = new(TimeSpan.FromMilliseconds(100));
            while (!nodes.Skip(1).All(static node => node.Discovery!.Outbound >= Target))
            {
                await look.WaitForNextTickAsync(limit.Token);
            }

            Assert.All(nodes.Skip(1), static node => Assert.Contains(node.Peers, static peer => peer.IsOutbound));
            Assert.Equal(Nodes - 1, nodes[0].Discovery!.Addresses);
        }
        finally
        {
            foreach (P2PNode node in nodes)
            {
                await node.DisposeAsync();
            }

            await system.Terminate();
        }
    }
}
