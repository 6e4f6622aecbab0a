using ActorP2P.Protocol;

namespace ActorP2P;

/// <summary>A link that broadcasts are sent on.</summary>
internal sealed class Recipient(Peer peer)
{
    public long Link => peer.ConnectionId;

    public IActorRef Actor => peer.Actor;

    /// <summary>The node at the other end, as it claims. A peer that is ready has made its claim.</summary>
    public ClaimedNodeId ClaimedId { get; } = peer.ClaimedId!.Value;

    public bool IsOutbound => peer.IsOutbound;

    /// <summary>The longest message that the peer accepts, in bytes.</summary>
    public int MaxMessage => peer.MaxMessage;

    /// <summary>The types of broadcasts that the peer wants.</summary>
    public BroadcastTypes Types { get; set; } = peer.WantedBroadcasts;

    /// <summary>Whether the log says already that a broadcast was too long for the peer.</summary>
    public bool IsTooLongLogged { get; set; }

    /// <summary>
    /// All links to the same node, including this one, if broadcasts to the node use this link; otherwise empty.
    /// </summary>
    public long[] Siblings { get; set; } = [];

    /// <summary>Whether the peer may use a service with this access.</summary>
    public bool MayUse(ServiceAccess access) => peer.MayUse(access);

    /// <summary>Whether to send a broadcast on this link: not if any link to the same node brought it.</summary>
    public bool Wants(in Audience audience)
    {
        foreach (long link in Siblings)
        {
            if (!audience.Includes(link))
            {
                return false;
            }
        }

        return Siblings.Length > 0;
    }
}
