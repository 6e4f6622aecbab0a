using ActorP2P.Protocol;

namespace ActorP2P;

/// <summary>What the node does when its memory is short. The ManagerActor uses it in its turns only.</summary>
/// <param name="node">The node.</param>
/// <param name="links">The connections.</param>
internal sealed class MemoryRelief(NodeContext node, LinkTable links)
{
    /// <summary>
    /// Frees memory when the node holds more for its peers than it may, although it already refuses and drops
    /// messages. It first releases the broadcasts kept for peers that missed them. Then it closes the peers
    /// that hold most, as many as needed. The bytes of peers that are already closing count as freed.
    /// </summary>
    /// <param name="broadcaster">The Broadcaster, which releases what it keeps.</param>
    public void Relieve(IActorRef broadcaster)
    {
        long kept = node.Dropped.Bytes;
        if (kept > 0)
        {
            broadcaster.Tell(GossipMessages.ReleaseDropped.Instance);
        }

        long closing = links.All.Sum(static link => link.BytesToFree ?? 0);
        long excess = node.Memory.Held - kept - node.Memory.Capacity - closing;
        while (excess > 0 && Heaviest() is { } heaviest)
        {
            long weight = heaviest.Weight;
            heaviest.BytesToFree = weight;
            excess -= weight;
            node.Counters.NoteClosedForMemory();
            heaviest.Actor.Tell(new PeerMessages.End(
                DisconnectReason.MemoryShort, $"{weight} bytes of {node.Memory.Held} are held for it", IsFault: true));
        }
    }

    private Link? Heaviest() => links.All
        .Where(static link => link.BytesToFree is null && link.Weight > 0)
        .MaxBy(static link => (link.Weight, -link.Number));
}
