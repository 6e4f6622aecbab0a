namespace ActorP2P.Benchmarks;

/// <summary>Nodes that the second process has connected to.</summary>
internal static class NodeWithPeers
{
    /// <summary>Starts a node and waits until so many far ends have shaken hands with it.</summary>
    public static async Task<P2PNode> StartAsync(ServerProcess server, int peers)
    {
        P2PNode node = await P2PNode.StartAsync(Settings(peers));
        await server.OrderAsync($"connect {node.ListenAddresses[0].Port} {peers} node");
        await UntilAsync(node, peers);
        return node;
    }

    /// <summary>The settings of a node that takes so many peers.</summary>
    public static P2PSettings Settings(int peers) => new() { NetworkId = "bench", MaxConnections = peers + 1 };

    /// <summary>Waits until a node has exactly so many peers.</summary>
    public static async Task UntilAsync(P2PNode node, int peers)
    {
        while (node.Peers.Count != peers)
        {
            await Task.Delay(1);
        }
    }
}
