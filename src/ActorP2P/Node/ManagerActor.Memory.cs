using ActorP2P.Protocol;

namespace ActorP2P;

/// <content>What the node does when its memory is short.</content>
internal sealed partial class ManagerActor
{
    /// <summary>
    /// Frees memory when the node holds more for its peers than it may, although it already refuses and drops
    /// messages. It first releases the broadcasts kept for peers that missed them. Then it closes the peers
    /// that hold most, as many as needed. The bytes of peers that are already closing count as freed.
    /// </summary>
    private void RelieveMemory()
    {
        long kept = _node.Dropped.Bytes;
        if (kept > 0)
        {
            _broadcaster.Tell(GossipMessages.ReleaseDropped.Instance);
        }

        long closing = _links.All.Sum(static link => link.BytesToFree ?? 0);
        long excess = _node.Memory.Held - kept - _node.Memory.Capacity - closing;
        while (excess > 0 && Heaviest() is { } heaviest)
        {
            long weight = heaviest.Weight;
            heaviest.BytesToFree = weight;
            excess -= weight;
            _node.Counters.NoteClosedForMemory();
            heaviest.Actor.Tell(new PeerMessages.End(
                DisconnectReason.MemoryShort, $"{weight} bytes of {_node.Memory.Held} are held for it", IsFault: true));
        }
    }

    private Link? Heaviest() => _links.All
        .Where(static link => link.BytesToFree is null && link.Weight > 0)
        .MaxBy(static link => (link.Weight, -link.Number));
}
