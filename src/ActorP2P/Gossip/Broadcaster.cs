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
    private readonly FinishedBroadcasts _finished = new();
    private readonly ActorTimer _sweepDue = new(node.TimeProvider, Context.Self, GossipMessages.SweepDue.Instance);
    private readonly ActorTimer _pullsDue = new(node.TimeProvider, Context.Self, GossipMessages.PullsDue.Instance);

    // After a restart the links are unknown for a moment. Broadcasts wait here meanwhile; sent to no link, they would
    // be lost silently.
    private Queue<object>? _held;

    protected override void PreStart() => _sweepDue.StartPeriodic(SweepEvery);

    protected override void PreRestart(Exception reason, object message)
    {
        ReleaseHeld();
        OnTurnEnd();
        base.PreRestart(reason, message);
    }

    protected override void PostStop()
    {
        _sweepDue.Stop();
        _pullsDue.Stop();
        node.Dropped.Clear();
        ReleaseHeld();
        OnTurnEnd();
    }

    protected override void OnTurnEnd()
    {
        _finished.Tell();
        SpreadAll();
    }

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
            case GossipMessages.Publish or GossipMessages.VerdictsGiven when _held is not null:
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
            case GossipMessages.ArrivedTogether arrived:
                TakeAll(arrived.Broadcasts);
                break;
            case GossipMessages.Begun begun when node.Gossip.IsKnown(begun.Id, begun.Link):
                begun.Peer.Tell(new PeerMessages.RefuseBroadcast(begun.FrameId));
                break;
            case GossipMessages.Begun:
                break;
            case GossipMessages.VerdictsGiven given:
                ConcludeAll(given.Queue.TakeVerdicts());
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
                bool isWanted = isMissing && recipient.Types.Includes(message.Type) && MayHave(recipient, message.Type);
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
    private PeerMessages.SendBroadcasts? Wanted(
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

    private bool Takes(Recipient recipient, in OutboxEntry entry, Audience audience) =>
        recipient.Wants(audience) && recipient.Types.Includes(entry.Message.Type)
            && MayHave(recipient, entry.Message.Type) && entry.Message.Length <= recipient.MaxMessage;

    /// <summary>Whether a peer may use the service of a type, which is not sent to others either.</summary>
    private bool MayHave(Recipient recipient, ushort type) => recipient.MayUse(node.Policy.Of(type));

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
