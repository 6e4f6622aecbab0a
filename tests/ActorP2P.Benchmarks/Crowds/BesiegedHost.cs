namespace ActorP2P.Benchmarks;

/// <summary>
/// The process with the node that a crowd of silent sockets dials. It prints its port, and for each order what it
/// holds: managed bytes, resident bytes and open descriptors.
/// </summary>
internal static class BesiegedHost
{
    /// <summary>Serves on the calling thread, which must not be a thread of the pool.</summary>
    /// <param name="slots">The connections that may be in their handshake; 0: the default.</param>
    public static void Run(int slots)
    {
        P2PNodeOptions settings = BenchTransport.Options;
        settings = slots == 0 ? settings : NodeWithPeers.Settings(slots) with { MaxHalfOpen = slots };
        P2PNode node = P2PNode.StartAsync(settings, static protocol => protocol.OnRequest<Packet, Packet>(
            static (request, _) => request)).GetAwaiter().GetResult();
        ChildOrders.Serve($"{node.ListenAddresses[0].Port}", static order => Task.FromResult(
            order is ["holds", string mode] ? Holds(mode == "exactly") : $"unknown order: {string.Join(' ', order)}"));
        node.DisposeAsync().AsTask().GetAwaiter().GetResult();
    }

    private static string Holds(bool exactly)
    {
        if (exactly)
        {
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
            GC.WaitForPendingFinalizers();
        }

        long managed = GC.GetTotalMemory(forceFullCollection: exactly);
        return FormattableString.Invariant(
            $"{managed} {Environment.WorkingSet} {Directory.GetFiles("/proc/self/fd").Length}");
    }
}
