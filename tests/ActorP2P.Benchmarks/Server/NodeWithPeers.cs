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

    /// <summary>
    /// The settings of a node that takes so many peers. Far ends that only count do not answer pings, and must be kept
    /// all the same while other measures have their turn.
    /// </summary>
    public static P2PNodeOptions Settings(int peers)
    {
        P2PNodeOptions settings =
            new() { NetworkId = "bench", Encryption = Encryption.Off, MaxConnections = peers + 1, Transport = BenchTransport.Kind };
        return settings with { Session = settings.Session with { PingAfter = TimeSpan.FromHours(1) } };
    }

    /// <summary>Stops such a node, and lets the second process go of its far ends first.</summary>
    public static async Task StopAsync(ServerProcess server, P2PNode node)
    {
        await server.OrderAsync($"disconnect {node.ListenAddresses[0].Port}");
        await node.DisposeAsync();
    }

    /// <summary>Waits until a node has exactly so many peers.</summary>
    public static async Task UntilAsync(P2PNode node, int peers)
    {
        while (node.Peers.Count != peers)
        {
            await Task.Delay(1);
        }
    }
}
