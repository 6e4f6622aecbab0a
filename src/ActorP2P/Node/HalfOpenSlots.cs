using ActorP2P.Protocol;

namespace ActorP2P;

/// <summary>
/// Slots for inbound connections in their handshake: few, and shared out so that a crowd of strangers keeps nobody out.
/// The ManagerActor's alone.
/// </summary>
/// <param name="links">The node's links.</param>
/// <param name="slots">Slots in all.</param>
internal sealed class HalfOpenSlots(LinkTable links, int slots)
{
    /// <summary>
    /// Makes sure that a newcomer finds a slot: when all are taken, the oldest connection of the largest address group
    /// gives its own up. An honest peer is through its handshake within a few round trips, and seldom the oldest of a
    /// crowd.
    /// </summary>
    /// <param name="mayTell">Whether the peer that gives way may be told why.</param>
    public void MakeRoom(bool mayTell)
    {
        int taken = links.HalfOpen.Count;
        if (taken < slots)
        {
            return;
        }

        // They are in the order in which they came, and so are the groups' first members: the outcome depends on
        // nothing else.
        IGrouping<string, Link> largest = links.HalfOpen
            .GroupBy(static link => AddressGroup.Of(link.Address.Host)).MaxBy(static group => group.Count())!;
        Link oldest = largest.First();
        links.Refuse(oldest);
        oldest.Actor.Tell(new PeerMessages.End(DisconnectReason.TooManyConnections,
            $"{taken} handshakes under way; this one made room for the next", IsFault: true, IsCut: !mayTell)
        {
            IsForHalfOpen = true,
        });
    }

    /// <summary>While more than half of the slots are taken, whoever has not said hello is given less time.</summary>
    public void Hurry()
    {
        if (links.HalfOpen.Count * 2 <= slots)
        {
            return;
        }

        foreach (Link link in links.HalfOpen.Where(static link => !link.IsHurried))
        {
            link.IsHurried = true;
            link.Actor.Tell(PeerMessages.Hurry.Instance);
        }
    }
}
