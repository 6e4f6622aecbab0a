using ActorP2P.Protocol;

namespace ActorP2P;

/// <content>Broadcasts that peers were not sent: ours are kept for them, and those of others are asked for.</content>
internal sealed partial class Broadcaster
{
    // A restart loses this book. Broadcasts that were asked for and do not come are then not asked of anybody else.
    private readonly PullBook _pulls = new();
    private TimeSpan? _pullsArmed;

    private TimeSpan Now => node.Now;

    /// <summary>Keeps what a link was not sent.</summary>
    private void Keep(GossipMessages.Dropped dropped)
    {
        foreach (KeptBroadcast broadcast in dropped.Broadcasts)
        {
            node.Dropped.Keep(Now, broadcast, dropped.Link);
        }
    }

    /// <summary>A link asks for what it was not sent, and is sent it as far as it is kept.</summary>
    private void Give(GossipMessages.Wanted wanted)
    {
        List<OutboxEntry> entries = [];
        foreach (BroadcastId id in wanted.Ids)
        {
            if (node.Dropped.TryGive(Now, id, wanted.Link, out KeptBroadcast kept))
            {
                entries.Add(new OutboxEntry(FrameKind.Broadcast, new EncodedMessage(kept.Type, kept.Owner, kept.Offset, kept.Length), kept.Lane));
            }
        }

        if (entries.Count > 0)
        {
            wanted.Peer.Tell(new PeerMessages.SendBroadcasts([.. entries], IsAgain: true));
        }
    }

    /// <summary>A link could not send broadcasts to this node; it is asked for those that nobody else has brought.</summary>
    private void Learn(GossipMessages.Announced announced)
    {
        TimeSpan now = Now;
        BroadcastId[] unknown = [.. announced.Ids.Where(id => !node.Gossip.Knows(id, announced.Link) && _pulls.Announce(now, id, announced.Link))];
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

    /// <summary>What a link that is gone was asked for is asked of others.</summary>
    private void ForgetPullsOf(long link)
    {
        foreach (IGrouping<long, (BroadcastId Id, long Link)> group in _pulls.Forget(Now, link).GroupBy(static next => next.Link))
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
