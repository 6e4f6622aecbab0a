using ActorP2P.Protocol;

namespace ActorP2P;

/// <summary>
/// Spreads broadcasts: a <see cref="GossipState"/> with the links to send on. Each message is encoded
/// once, and the same bytes go to every peer. The application gives its verdict on a peer's broadcast
/// before it is relayed. Everything that one turn sends goes to each peer as one message.
/// </summary>
internal sealed partial class Broadcaster(NodeContext node) : TurnActor
{
    /// <summary>How often old ids are removed. They do no harm, so it need not be often.</summary>
    private static readonly TimeSpan SweepEvery = TimeSpan.FromSeconds(30);

    private readonly Recipients _links = new();
    private readonly List<Spread> _spreads = [];
    private readonly ActorTimer _sweepDue = new(node.TimeProvider, Context.Self, GossipMessages.SweepDue.Instance);
    private readonly ActorTimer _pullsDue = new(node.TimeProvider, Context.Self, GossipMessages.PullsDue.Instance);

    // After a restart the links are unknown for a moment. Broadcasts wait here meanwhile; sent to no link, they would
    // be lost silently.
    private Queue<object>? _held;

    protected override void PreStart() => _sweepDue.StartPeriodic(SweepEvery);

    protected override void PreRestart(Exception reason, object message)
    {
        ReleaseHeld();
        SpreadAll();
        base.PreRestart(reason, message);
    }

    protected override void PostStop()
    {
        _sweepDue.Stop();
        _pullsDue.Stop();
        node.Dropped.Clear();
        ReleaseHeld();
        SpreadAll();
    }

    protected override void OnTurnEnd() => SpreadAll();

    /// <inheritdoc/>
    protected override bool AroundReceive(Receive receive, object message)
    {
        try
        {
            return base.AroundReceive(receive, message);
        }
        catch
        {
            // The message is not handled again. A stop, unlike a restart, does not report it, so its caller must be
            // told now.
            (message as GossipMessages.Publish)?.Fail("the broadcaster failed");
            throw;
        }
    }

    protected override void PostRestart(Exception reason)
    {
        base.PostRestart(reason);
        _held = new Queue<object>();
        Context.Parent.Tell(ManagerMessages.TellLinks.Instance);
    }

    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case GossipMessages.Publish or GossipMessages.Judged when _held is not null:
                _held.Enqueue(message);
                break;
            case GossipMessages.LinksTold when _held is { } held:
                _held = null;
                while (held.TryDequeue(out object? waiting))
                {
                    OnReceive(waiting);
                }

                break;
            case GossipMessages.LinksTold:
                break;
            case GossipMessages.Publish publish:
                Publish(publish);
                break;
            case GossipMessages.Arrived arrived:
                Take(arrived);
                break;
            case GossipMessages.Begun begun when node.Gossip.IsKnown(begun.Id, begun.Link):
                begun.Peer.Tell(new PeerMessages.RefuseBroadcast(begun.FrameId));
                break;
            case GossipMessages.Begun:
                break;
            case GossipMessages.Judged judged:
                Conclude(judged);
                break;
            case GossipMessages.LinkReady ready:
                _links.Add(ready.Peer);
                break;
            case GossipMessages.TypesWanted wanted when _links.TryGetValue(wanted.Link, out Recipient? recipient):
                recipient.Types = wanted.Types;
                break;
            case GossipMessages.TypesWanted:
                // The link is gone, or not ready yet; then it brings the types with it.
                break;
            case GossipMessages.LinkGone gone:
                _links.Remove(gone.Link);
                ForgetPullsOf(gone.Link);
                break;
            case GossipMessages.Returned returned:
                SendElsewhere(returned);
                break;
            case GossipMessages.Dropped dropped:
                Keep(dropped);
                break;
            case GossipMessages.Wanted wanted:
                Give(wanted);
                break;
            case GossipMessages.Announced announced:
                Learn(announced);
                break;
            case GossipMessages.PullsDue:
                AskOthersForOverdue();
                break;
            case GossipMessages.ReleaseDropped:
                node.Dropped.Clear();
                break;
            case GossipMessages.SweepDue:
                node.Gossip.Sweep(Now);
                node.Dropped.Expire(Now);
                node.Judges.Sweep();
                break;
            default:
                Unhandled(message);
                break;
        }

        node.Counters.SetGossip(node.Gossip.Fresh, node.Gossip.Duplicates);
    }

    private void Publish(GossipMessages.Publish publish)
    {
        node.Gossip.Arrive(Now, publish.Id, GossipState.Self);
        if (publish.Sequence is { } sequence)
        {
            node.Gossip.Authors.Note(Now, node.Id, sequence);
        }

        _spreads.Add(
            new Spread(publish.Id, Entry(publish.Message, publish.Lane, publish.Trace), publish.Promise));
    }

    private void Take(GossipMessages.Arrived arrived)
    {
        if (_pulls.Arrive(arrived.Head.Id))
        {
            node.Counters.AddGossip(asked: 0, recovered: 1);
        }

        if (!node.Gossip.Arrive(Now, arrived.Head.Id, arrived.From.ConnectionId))
        {
            arrived.Finish(0, "");
            return;
        }

        if (node.Catalog.Broadcasts.TryGetValue(
            arrived.Message.Type, out MessageHandler<BroadcastContext, Verdict>? handler))
        {
            if (!handler.IsSigned || TryIntroduce(arrived))
            {
                node.Judges.Judge(arrived, handler, Self);
                return;
            }

            Conclude(new GossipMessages.Judged(arrived, Verdict.Ignore));
        }
        else
        {
            // No handler here can check it, so it is not relayed.
            Conclude(new GossipMessages.Judged(arrived, Verdict.Ignore));
        }
    }

    private void Conclude(GossipMessages.Judged judged)
    {
        GossipMessages.Arrived arrived = judged.Broadcast;
        if (judged.IsForged)
        {
            RefuseForged(arrived);
            return;
        }

        if (arrived.Author is { } author)
        {
            node.Gossip.Authors.Note(Now, author.Id, author.Sequence);
        }

        bool invalid = judged.Verdict is null or Verdict.Reject;
        bool relay = node.Gossip.OnVerdict(arrived.Head.Id, judged.Verdict ?? Verdict.Reject);
        if (relay)
        {
            arrived.From.Counters.NoteUseful(Now);
        }

        if (relay && arrived.Head.Hops < BroadcastHead.HopLimit)
        {
            arrived.Message.Buffer.Retain();
            byte[]? trace = NodeTraces.HeadersOf(arrived.Span);
            _spreads.Add(new Spread(arrived.Head.Id, Entry(arrived.Message, arrived.Lane, trace), null));
        }

        int points = judged.Verdict is null ? ReasonTable.MalformedPoints : ReasonTable.RejectedPoints;
        arrived.Finish(
            invalid ? points : 0, judged.Verdict is null ? "a broadcast that does not parse" : "an invalid broadcast");
    }

    private static OutboxEntry Entry(EncodedMessage message, Lane lane, byte[]? trace) =>
        new(FrameKind.Broadcast, message, lane, Trace: trace);

    private void SpreadAll()
    {
        if (_spreads.Count == 0)
        {
            return;
        }

        Spread[] spreads = [.. _spreads];
        _spreads.Clear();
        try
        {
            SpreadAll(spreads);
        }
        catch
        {
            // The callers are told, because these messages are not sent again.
            Array.ForEach(spreads, static spread => spread.Promise?.TrySetException(
                new SendException(SendResult.NotConnected, "the broadcaster failed")));
            throw;
        }
    }

    private void SpreadAll(Spread[] spreads)
    {
        Audience[] audiences = Array.ConvertAll(spreads, spread => node.Gossip.AudienceOf(spread.Id));
        int[] peers = new int[spreads.Length];
        int[] tooLong = new int[spreads.Length];
        for (int i = 0; i < spreads.Length; i++)
        {
            EncodedMessage message = spreads[i].Entry.Message;
            foreach (Recipient recipient in _links.All)
            {
                bool isMissing = recipient.Wants(audiences[i]);
                bool isWanted = isMissing && recipient.Types.Includes(message.Type);
                bool fits = message.Length <= recipient.MaxMessage;
                peers[i] += isWanted && fits ? 1 : 0;
                tooLong[i] += isWanted && !fits ? 1 : 0;
                if (isMissing && !isWanted)
                {
                    node.Counters.NoteUnwanted();
                }
                else if (isWanted && !fits)
                {
                    NoteTooLong(recipient, message.Length);
                }
            }

            // A large buffer is shared by all peers, so it is charged once, until the last peer has it. Small
            // messages share a buffer with other messages of their thread and are charged to each peer.
            if (spreads[i].Entry.Message.Length > PayloadWriter.ChunkBytes)
            {
                spreads[i].Entry.Message.Buffer.ChargeTo(node.Memory);
            }

            // One hold for each peer. Its session releases the hold when the message is sent or dropped.
            spreads[i].Entry.Message.Buffer.Retain(peers[i]);
        }

        PeerMessages.SendBroadcasts whole = new(Array.ConvertAll(spreads, spread => spread.Entry));
        foreach (Recipient recipient in _links.All)
        {
            if (Wanted(recipient, whole, audiences) is { } wanted)
            {
                recipient.Actor.Tell(wanted);
            }
        }

        for (int i = 0; i < spreads.Length; i++)
        {
            spreads[i].Entry.Message.Buffer.Release();
            spreads[i].End(peers[i], tooLong[i]);
        }
    }

    /// <summary>The broadcasts of a turn that a recipient is to get; null when it gets none.</summary>
    private static PeerMessages.SendBroadcasts? Wanted(
        Recipient recipient, PeerMessages.SendBroadcasts whole, Audience[] audiences)
    {
        int count = 0;
        for (int i = 0; i < audiences.Length; i++)
        {
            count += Takes(recipient, whole.Messages[i], audiences[i]) ? 1 : 0;
        }

        if (count == 0 || count == audiences.Length)
        {
            return count == 0 ? null : whole;
        }

        OutboxEntry[] wanted = new OutboxEntry[count];
        for (int i = audiences.Length - 1; i >= 0; i--)
        {
            if (Takes(recipient, whole.Messages[i], audiences[i]))
            {
                wanted[--count] = whole.Messages[i];
            }
        }

        return new PeerMessages.SendBroadcasts(wanted);
    }

    private static bool Takes(Recipient recipient, in OutboxEntry entry, Audience audience) =>
        recipient.Wants(audience) && recipient.Types.Includes(entry.Message.Type)
            && entry.Message.Length <= recipient.MaxMessage;

    /// <summary>Records that a peer does not accept a message of this length: counted each time, logged once.</summary>
    private void NoteTooLong(Recipient recipient, int length)
    {
        node.Counters.NoteBroadcastTooLong();
        if (!recipient.IsTooLongLogged)
        {
            recipient.IsTooLongLogged = true;
            Log.BroadcastTooLong(node.Logger, length, recipient.MaxMessage, recipient.Link);
        }
    }

    private void ReleaseHeld()
    {
        while (_held?.TryDequeue(out object? waiting) == true)
        {
            ((IUndeliverable)waiting).OnUndelivered();
        }
    }
}
