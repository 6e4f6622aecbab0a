using ActorP2P.Protocol;

namespace ActorP2P;

/// <content>
/// Broadcasts that could not be sent. The node keeps its own for the peers that missed them, and it asks for those that
/// it missed itself.
/// </content>
internal sealed partial class Broadcaster
{
    // A restart loses this book. If a broadcast that was asked for does not arrive then, no other peer is asked for it.
    private readonly PullBook _pulls = new();
    private TimeSpan? _pullsArmed;

    private TimeSpan Now => node.Now;

    /// <summary>Keeps broadcasts that were not sent on a link.</summary>
    private void Keep(GossipMessages.Dropped dropped)
    {
        foreach (KeptBroadcast broadcast in dropped.Broadcasts)
        {
            node.Dropped.Keep(Now, broadcast, dropped.Link);
        }
    }

    /// <summary>
    /// A link was ending when broadcasts came to it. If there is another link to its node, they are sent there.
    /// </summary>
    private void SendElsewhere(GossipMessages.Returned returned)
    {
        if (_links.Beside(returned.Peer) is { } other)
        {
            other.Actor.Tell(returned.Broadcasts);
        }
        else
        {
            returned.OnUndelivered();
        }
    }

    /// <summary>A link asks for broadcasts that it missed. It is sent those that are still kept.</summary>
    private void Give(GossipMessages.Wanted wanted)
    {
        List<OutboxEntry> entries = [];
        foreach (BroadcastId id in wanted.Ids)
        {
            if (node.Dropped.TryGive(Now, id, wanted.Link, out KeptBroadcast kept))
            {
                entries.Add(
                    new OutboxEntry(FrameKind.Broadcast,
                        new EncodedMessage(kept.Type, kept.Owner, kept.Offset, kept.Length), kept.Lane));
            }
        }

        if (entries.Count > 0)
        {
            wanted.Peer.Tell(new PeerMessages.SendBroadcasts([.. entries], IsAgain: true));
        }
    }

    /// <summary>
    /// A link could not send broadcasts to this node. The link is asked for those that are not known yet.
    /// </summary>
    private void Learn(GossipMessages.Announced announced)
    {
        TimeSpan now = Now;
        BroadcastId[] unknown =
            [.. announced.Ids.Where(
                id => !node.Gossip.Knows(id, announced.Link) && _pulls.Announce(now, id, announced.Link))];
        AskFor(unknown, announced.Peer);
        ArmPulls();
    }

    private void AskFor(BroadcastId[] ids, IActorRef peer)
    {
        if (ids.Length > 0)
        {
            node.Counters.AddGossip(asked: ids.Length, recovered: 0);
            peer.Tell(new PeerMessages.AskForBroadcasts(ids));
        }
    }

    /// <summary>Asks other links for the broadcasts that a lost link was asked for.</summary>
    private void ForgetPullsOf(long link)
    {
        foreach (IGrouping<long, (BroadcastId Id, long Link)> group in _pulls.Forget(Now, link)
            .GroupBy(static next => next.Link))
        {
            AskLink(group.Key, [.. group.Select(static next => next.Id)]);
        }
    }

    private void AskOthersForOverdue()
    {
        _pullsArmed = null;
        while (_pulls.TryTakeOverdue(Now, out (BroadcastId Id, long? Link) overdue))
        {
            if (overdue.Link is { } link)
            {
                AskLink(link, [overdue.Id]);
            }
        }

        ArmPulls();
    }

    private void AskLink(long link, BroadcastId[] ids)
    {
        if (_links.TryGetValue(link, out Recipient? peer))
        {
            AskFor(ids, peer.Actor);
        }
    }

    private void ArmPulls()
    {
        if (_pullsArmed is null && _pulls.Deadline is { } deadline)
        {
            _pullsArmed = deadline;
            _pullsDue.Start(deadline - Now);
        }
    }
}
