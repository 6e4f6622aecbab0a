namespace ActorP2P.Benchmarks;

/// <summary>Nodes with peers in the second process.</summary>
internal static class NodeWithPeers
{
    /// <summary>Starts a node and waits until the given number of far ends are its peers.</summary>
    public static async Task<P2PNode> StartAsync(ServerProcess server, int peers)
    {
        P2PNode node = await P2PNode.StartAsync(Settings(peers));
        await server.OrderAsync($"connect {node.ListenAddresses[0].Port} {peers} node");
        await UntilAsync(node, peers);
        return node;
    }

    /// <summary>
    /// The settings of a node with this number of peers. The far ends only count and do not answer pings, so the pong
    /// timeout is long enough to keep them during other measures.
    /// </summary>
    public static P2PNodeOptions Settings(int peers)
    {
        P2PNodeOptions settings = BenchTransport.Options with
        {
            MaxConnections = peers + 1,
            Slots = new SlotSettings { MaxInbound = peers + 1 },
        };
        return settings with { Session = settings.Session with { PingAfter = TimeSpan.FromHours(1) } };
    }

    /// <summary>Stops such a node after the second process has closed its far ends.</summary>
    public static async Task StopAsync(ServerProcess server, P2PNode node)
    {
        await server.OrderAsync($"disconnect {node.ListenAddresses[0].Port}");
        await node.DisposeAsync();
    }

    /// <summary>Waits until a node has exactly this number of peers.</summary>
    public static async Task UntilAsync(P2PNode node, int peers)
    {
        while (node.Peers.Count != peers)
        {
            await Task.Delay(1);
        }
    }
}
