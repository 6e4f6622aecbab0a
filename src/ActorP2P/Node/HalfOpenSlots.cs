using ActorP2P.Protocol;

namespace ActorP2P;

/// <summary>
/// The slots for inbound connections in their handshake. They are few, and shared out so that a crowd of strangers
/// keeps nobody out. Only the ManagerActor uses it.
/// </summary>
/// <param name="links">The node's links.</param>
/// <param name="node">The node, whose settings have the number of slots.</param>
internal sealed class HalfOpenSlots(LinkTable links, NodeContext node)
{
    private int Slots => node.Settings.MaxHalfOpen;


    /// <summary>
    /// Makes sure that a new connection finds a slot. When all are taken, the oldest connection of the largest address
    /// group loses its slot. An honest peer completes its handshake within a few round trips and is seldom the oldest
    /// of a crowd.
    /// </summary>
    /// <param name="mayTell">Whether the peer that loses its slot may be told why.</param>
    public void MakeRoom(bool mayTell)
    {
        int taken = links.HalfOpen.Count;
        if (taken < Slots)
        {
            return;
        }

        // Links are in the order of their arrival, and so are the groups' first members. The choice depends on nothing
        // else.
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

    /// <summary>Shortens the time limit for hellos while more than half of the slots are taken.</summary>
    public void ShortenTimeouts()
    {
        if (links.HalfOpen.Count * 2 <= Slots)
        {
            return;
        }

        foreach (Link link in links.HalfOpen.Where(static link => !link.HasShortTimeout))
        {
            link.HasShortTimeout = true;
            link.Actor.Tell(PeerMessages.HandshakesCrowded.Instance);
        }
    }
}
