using ActorP2P.Protocol;

namespace ActorP2P;

/// <summary>A link that broadcasts are sent on.</summary>
internal sealed class Recipient(Peer peer)
{
    public long Link => peer.ConnectionId;

    public IActorRef Actor => peer.Actor;

    /// <summary>The node at its other end, as it says; null is no node's.</summary>
    public ClaimedNodeId? ClaimedId => peer.ClaimedId;

    public bool IsOutbound => peer.IsOutbound;

    /// <summary>The longest message it takes, in bytes.</summary>
    public int MaxMessage => peer.MaxMessage;

    /// <summary>Whether it has been logged that a broadcast was longer.</summary>
    public bool IsTold { get; set; }

    /// <summary>All links to the same node, this one included, if this is the one that broadcasts go over; else empty.</summary>
    public long[] Siblings { get; set; } = [];

    /// <summary>Whether a broadcast is to be sent on it: not if it came from there, by whichever link.</summary>
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
