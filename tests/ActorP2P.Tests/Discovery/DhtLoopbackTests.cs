using ActorP2P.Tests.Transports;
using ActorP2P.Transport.Tests;

namespace ActorP2P.Tests.Discovery;

/// <summary>The distributed hash table over both transports, with real keys.</summary>
[Collection(SocketsCollection.Name)]
public sealed class DhtLoopbackTests
{
    private const int Nodes = 10;

    [Theory]
    [ClassData(typeof(BothTransports))]
    public async Task Ten_nodes_find_each_other_and_a_service(TransportKind kind)
    {
        List<P2PNode> nodes = [await StartAsync(kind, [])];
        try
        {
            while (nodes.Count < Nodes)
            {
                nodes.Add(await StartAsync(kind, nodes[0].ListenAddresses));
            }

            await UntilAsync(() => nodes.All(static node => node.GetDhtStatistics().Nodes >= 3));
            NodeRecord? found = null;
            await UntilAsync(async () => (found = await nodes[1].FindAsync(nodes[^1].Id)) is not null);
            Peer peer = await nodes[1].ConnectAsync(found!.Addresses[0]).WaitAsync(Waits.Guard);
            Assert.Equal(nodes[^1].Id, peer.Id);

            Assert.InRange(await nodes[3].ProvideAsync("room").WaitAsync(Waits.Guard), 1, Nodes - 1);
            List<NodeId> providers = [];
            await foreach (NodeRecord provider in nodes[6].FindProvidersAsync("room"))
            {
                providers.Add(provider.Id);
            }

            Assert.Equal([nodes[3].Id], providers);
        }
        finally
        {
            nodes.Reverse();
            foreach (P2PNode node in nodes)
            {
                await node.DisposeAsync();
            }
        }
    }

    private static Task<P2PNode> StartAsync(TransportKind kind, IReadOnlyList<PeerAddress> bootstrap) =>
        P2PNode.StartAsync(new P2PNodeOptions
        {
            Transport = kind,
            Bootstrap = bootstrap,
            Dht = new DhtSettings { Enabled = true },
        });

    private static Task UntilAsync(Func<bool> condition) => UntilAsync(() => Task.FromResult(condition()));

    // A node looks after its table every ten seconds.
    private static async Task UntilAsync(Func<Task<bool>> condition)
    {
        using CancellationTokenSource limit = new(Waits.Guard);
        while (!await condition())
        {
            await Task.Delay(TimeSpan.FromMilliseconds(100), limit.Token);
        }
    }
}
