using ActorP2P.Protocol;

namespace ActorP2P;

/// <content>What happens to broadcasts of peers, before and after their verdicts.</content>
internal sealed partial class Broadcaster
{
    private void TakeAll(IReadOnlyList<GossipMessages.Arrived> broadcasts)
    {
        int taken = 0;
        try
        {
            while (taken < broadcasts.Count)
            {
                Take(broadcasts[taken++]);
            }
        }
        catch
        {
            // This actor fails with one of them and is restarted. The others are none the worse for it.
            Self.Tell(new GossipMessages.ArrivedTogether([.. broadcasts.Skip(taken)]));
            throw;
        }
    }

    private void ConcludeAll(List<Judgement> judgements)
    {
        int concluded = 0;
        try
        {
            while (concluded < judgements.Count)
            {
                Conclude(judgements[concluded++]);
            }
        }
        catch
        {
            foreach (Judgement judgement in judgements.Skip(concluded))
            {
                _finished.Add(judgement.Broadcast);
            }

            throw;
        }
    }

    private void Take(GossipMessages.Arrived arrived)
    {
        if (_pulls.Arrive(arrived.Head.Id))
        {
            node.Counters.AddGossip(asked: 0, recovered: 1);
        }

        if (!node.Gossip.Arrive(Now, arrived.Head.Id, arrived.From.ConnectionId))
        {
            _finished.Add(arrived);
            return;
        }

        if (node.Catalog.Broadcasts.TryGetValue(
            arrived.Message.Type, out MessageHandler<BroadcastContext, Verdict>? handler))
        {
            if (handler.Mode == HandlerMode.Inline)
            {
                Conclude(node.Judges.JudgeInline(arrived, handler));
                return;
            }

            if (!handler.IsSigned || TryIntroduce(arrived))
            {
                node.Judges.Judge(arrived, handler, Self);
                return;
            }

            Conclude(new Judgement(arrived, Verdict.Ignore));
        }
        else
        {
            // No handler here can check it, so it is not relayed.
            Conclude(new Judgement(arrived, Verdict.Ignore));
        }
    }

    private void Conclude(in Judgement judged)
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

        bool relay = node.Gossip.OnVerdict(arrived.Head.Id, judged.Verdict ?? Verdict.Reject);
        if (relay)
        {
            arrived.From.Counters.NoteUseful(Now);
        }

        if (relay && arrived.Head.Hops < BroadcastHead.HopLimit && _links.HasOthers(arrived.From.ConnectionId))
        {
            arrived.Message.Buffer.Retain();
            byte[]? trace = NodeTraces.HeadersOf(arrived.Span);
            _spreads.Add(new Spread(arrived.Head.Id, Entry(arrived.Message, arrived.Lane, trace), null));
        }

        _finished.Add(arrived, judged.Verdict switch
        {
            null => BroadcastFault.Malformed,
            Verdict.Reject => BroadcastFault.Rejected,
            _ => BroadcastFault.None,
        });
    }

    /// <summary>
    /// Reads the author of a broadcast that must be signed. Whether the author has signed it is found out outside of
    /// this actor's turn, because that takes long.
    /// </summary>
    /// <returns>False for a broadcast that was signed before others that were met long ago.</returns>
    private bool TryIntroduce(GossipMessages.Arrived arrived)
    {
        ReadOnlySpan<byte> payload = arrived.Message.Body.Span[BroadcastHead.Size..];
        if (payload.Length < AuthorBlock.Size)
        {
            return true;
        }

        BroadcastAuthor author = new(
            node.Signer.IdOf(AuthorBlock.KeyOf(payload)), AuthorBlock.SequenceOf(payload));
        if (node.Gossip.Authors.IsOld(Now, author.Id, author.Sequence))
        {
            node.Counters.NoteReplayed();
            return false;
        }

        arrived.Author = author;
        return true;
    }

    /// <summary>
    /// The author of a broadcast has not signed it. The peer should have checked that, so it is at fault.
    /// </summary>
    private void RefuseForged(GossipMessages.Arrived arrived)
    {
        arrived.From.Actor.Tell(
            new PeerMessages.End(
                DisconnectReason.BroadcastNotSigned,
                arrived.Author is { } author
                    ? $"type {arrived.Message.Type:x4}, in the name of {author.Id.ToShortString()}"
                    : $"type {arrived.Message.Type:x4}, {arrived.Message.Length} bytes",
                IsFault: true),
            ActorRefs.NoSender);
        _finished.Add(arrived);
    }
}
