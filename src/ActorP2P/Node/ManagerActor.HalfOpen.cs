using ActorP2P.Protocol;

namespace ActorP2P;

/// <content>Inbound connections in their handshake: few slots, shared out so that a crowd of strangers keeps nobody out.</content>
internal sealed partial class ManagerActor
{
    /// <summary>
    /// Makes sure that a newcomer finds a slot: when all are taken, the oldest connection of the largest address group gives its
    /// own up. An honest peer is through its handshake within a few round trips, and seldom the oldest of a crowd.
    /// </summary>
    private void MakeHalfOpenRoom()
    {
        List<Link> halfOpen = [.. HalfOpenInbound];
        if (halfOpen.Count < _node.Settings.MaxHalfOpen)
        {
            return;
        }

        // Links are in the order in which they came, and so are the groups' first members: the outcome depends on nothing else.
        IGrouping<string, Link> largest = halfOpen.GroupBy(link => AddressGroup.Of(link.Address.Host)).MaxBy(group => group.Count())!;
        Link oldest = largest.First();
        bool told = _links.Values.Count(link => link.IsRefused) < MaxRefusing;
        oldest.IsRefused = true;
        oldest.Actor.Tell(new PeerMessages.End(DisconnectReason.TooManyConnections,
            $"{halfOpen.Count} handshakes under way; this one made room for the next", IsFault: true, IsCut: !told)
        {
            IsForHalfOpen = true,
        });
    }

    /// <summary>While more than half of the slots are taken, whoever has not said hello is given less time.</summary>
    private void HurryHalfOpen()
    {
        List<Link> halfOpen = [.. HalfOpenInbound];
        if (halfOpen.Count * 2 <= _node.Settings.MaxHalfOpen)
        {
            return;
        }

        foreach (Link link in halfOpen.Where(link => !link.IsHurried))
        {
            link.IsHurried = true;
            link.Actor.Tell(PeerMessages.Hurry.Instance);
        }
    }

    private IEnumerable<Link> HalfOpenInbound => _links.Values.Where(link => link is { IsHalfOpen: true, IsOutbound: false });
}
