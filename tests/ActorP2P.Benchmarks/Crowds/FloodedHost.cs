namespace ActorP2P.Benchmarks;

/// <summary>
/// The process that is flooded: a raw server, a node with the default rates and one without rates. They answer requests
/// and count notifies. It prints their ports.
/// </summary>
internal static class FloodedHost
{
    private const int Peers = 512;

    /// <summary>Serves on the calling thread, which must not be a thread of the pool.</summary>
    public static void Run()
    {
        Counter counter = new();
        using RawServer raw = new(counter);
        P2PNode node = Start(new RateSettings(), counter);
        P2PNode unlimited = Start(new RateSettings { MessagesPerSecond = 0, BytesPerSecond = 0 }, counter);
        ChildOrders.Serve($"{raw.Port} {node.ListenAddresses[0].Port} {unlimited.ListenAddresses[0].Port}", order =>
        {
            string answer = $"{counter.Count} {node.Statistics.LimitedPeers + unlimited.Statistics.LimitedPeers}";
            return Task.FromResult(order is ["count"] ? answer : $"unknown order: {string.Join(' ', order)}");
        });
        node.DisposeAsync().AsTask().GetAwaiter().GetResult();
        unlimited.DisposeAsync().AsTask().GetAwaiter().GetResult();
    }

    private static P2PNode Start(RateSettings rates, Counter counter) => P2PNode.StartAsync(
        NodeWithPeers.Settings(Peers) with { Rates = rates },
        protocol => protocol
            .OnRequest<Packet, Packet>((request, _) => request)
            .OnNotify(RawPacket.TypeCode, (_, _) => counter.Add(1))).GetAwaiter().GetResult();
}
