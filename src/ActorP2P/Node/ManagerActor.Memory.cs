using ActorP2P.Protocol;

namespace ActorP2P;

/// <content>What is done when the node holds more for its peers than it may, and refusing and dropping did not help.</content>
internal sealed partial class ManagerActor
{
    /// <summary>
    /// Lets go of what is kept for peers that were not sent it; then closes the peers that hold most, as many as it takes, counting on
    /// what those have that are closing already.
    /// </summary>
    private void RelieveMemory()
    {
        long kept = _node.Dropped.Bytes;
        if (kept > 0)
        {
            _broadcaster.Tell(GossipMessages.ReleaseDropped.Instance);
        }

        long excess = _node.Memory.Held - kept - _node.Memory.Capacity - _links.Values.Sum(static link => link.Relief ?? 0);
        while (excess > 0 && Heaviest() is { } heaviest)
        {
            long weight = heaviest.Weight;
            heaviest.Relief = weight;
            excess -= weight;
            _node.Counters.NoteClosedForMemory();
            heaviest.Actor.Tell(new PeerMessages.End(
                DisconnectReason.MemoryShort, $"{weight} bytes of {_node.Memory.Held} are held for it", IsFault: true));
        }
    }

    private Link? Heaviest() => _links.Values
        .Where(static link => link.Relief is null && link.Weight > 0)
        .MaxBy(static link => (link.Weight, -link.Number));
}
