using ActorP2P.Protocol;

namespace ActorP2P;

/// <summary>
/// Keeps the tables: it joins by the peers that the node has, asks known nodes whether they are still there, walks to
/// parts of the key space that nobody looked up, and says again which services the node offers. It is a part of the
/// <see cref="DhtActor"/> and used in its turns only.
/// </summary>
internal sealed class DhtUpkeep(
    NodeContext node, DhtState state, DhtRecords records, DhtQuestions questions, DhtLookups lookups)
{
    /// <summary>How often it looks after the tables.</summary>
    public static readonly TimeSpan Every = TimeSpan.FromSeconds(10);

    // Peers that are asked at a time for their records.
    private const int MostMeetings = 3;

    // Walks wait while the program looks up.
    private const int MostWalks = 1;

    // By connection: peers that take no part. As many as there are connections.
    private readonly HashSet<long> _strangers = [];

    // Jobs whose nodes have been found and are being told of the service.
    private readonly List<PublishJob> _publishing = [];
    private int _meetings;
    private TimeSpan? _ownWalkDue;
    private TimeSpan _ownWalkPause = DhtLimits.FirstOwnWalk;

    /// <summary>A peer is connected: if there is room for it, it is asked for its record.</summary>
    public void Meet(Peer peer)
    {
        if (peer.Id is not { } id || _meetings >= MostMeetings || !questions.HasRoom || !state.Table.Wants(id)
            || _strangers.Contains(peer.ConnectionId) || state.Table.Find(id) is { LastAnswer: not null })
        {
            return;
        }

        _meetings++;
        questions.Ask(peer, id, new FindNode(state.Table.Key, records.Own, WantsRecord: true), reply =>
        {
            _meetings--;
            TakeRecord(reply);
            if (reply.Answer is null)
            {
                state.Faults.Add(reply.Fault);
            }

            if (reply.Fault == DhtFault.Refused && !peer.IsOver)
            {
                _strangers.Add(peer.ConnectionId);
            }

            Join();
        });
    }

    /// <summary>A connection is gone.</summary>
    public void Forget(Peer peer) => _strangers.Remove(peer.ConnectionId);

    /// <summary>Does what is due.</summary>
    public void Tick()
    {
        questions.CloseIdle(all: false);
        state.Providers.Expire(node.Now);
        if (state.Table.Count < DhtLimits.Closest)
        {
            foreach (Peer peer in node.Board.Peers)
            {
                Meet(peer);
            }
        }

        for (int i = 0; i < DhtLimits.Parallel && questions.HasRoom && state.Table.TakeCheck(node.Now) is { } due; i++)
        {
            Check(due);
        }

        if (_ownWalkDue <= node.Now)
        {
            WalkHome();
        }
        else if (lookups.Count < MostWalks && state.Table.TakeWalk(node.Now, ref state.Random) is { } key)
        {
            lookups.Begin(new WalkJob(key));
        }

        if (state.Offered.TakeDue(node.Now) is { } service)
        {
            lookups.Begin(Publish(service));
        }
    }

    /// <summary>All that is being published fails, because the actor ends.</summary>
    public void Fail(Exception failure)
    {
        foreach (PublishJob job in _publishing)
        {
            state.Offered.Retry(job.Service, node.Now);
            job.Fail(failure);
        }

        _publishing.Clear();
    }

    /// <summary>Offers a service from now on.</summary>
    public void Provide(DhtMessages.Provide provide)
    {
        if (!state.Offered.TryAdd(provide.Service, node.Now))
        {
            provide.Told.TrySetException(new DhtException(
                DhtFailure.TooManyServices, $"the node offers {RepublishPlan.Most} services already"));
            return;
        }

        PublishJob job = Publish(provide.Service);
        provide.Told.TrySetResult(job.Told);
        lookups.Begin(job);
    }

    private PublishJob Publish(string service) => new(state.NetworkId, service) { Tell = TellHolders };

    private void TellHolders(PublishJob job, IReadOnlyList<DhtContact> holders)
    {
        ReadOnlyMemory<byte> record = records.OfProvider(job.Service);
        if (holders.Count == 0 || record.IsEmpty)
        {
            // It is tried again soon.
            state.Offered.Retry(job.Service, node.Now);
            job.Complete(0);
            return;
        }

        _publishing.Add(job);
        Queue<DhtContact> left = new(holders);
        int open = 0;
        int kept = 0;
        for (int i = 0; i < DhtLimits.Parallel; i++)
        {
            TellNext();
        }

        void TellNext()
        {
            if (!left.TryDequeue(out DhtContact? holder))
            {
                return;
            }

            open++;
            questions.Ask(holder, new AddProvider(job.Key, record), reply =>
            {
                open--;
                kept += reply.Answer is ProviderAdded { Outcome: ProviderOutcome.Kept } ? 1 : 0;
                if (reply.Answer is null)
                {
                    state.Faults.Add(reply.Fault);
                }

                TellNext();
                if (open == 0)
                {
                    _publishing.Remove(job);
                    job.Complete(kept);
                }

                lookups.Pump();
            });
        }
    }

    private void Check(DhtContact contact) => questions.Ask(
        contact, new FindNode(state.Table.Key, records.Own, WantsRecord: true), reply =>
    {
        if (reply.Answer is null)
        {
            state.NoteFailure(contact.Id, reply.Fault, node.Now);
        }
        else
        {
            state.Table.Answered(contact.Id, DhtLookups.IsReachable(contact, reply.Peer!), node.Now);
            TakeRecord(reply);
        }

        Join();
        lookups.Pump();
    });

    /// <summary>Takes note of a node by the record that it has sent of itself.</summary>
    private void TakeRecord(DhtReply reply)
    {
        if (reply is { Answer: FoundNodes found, Peer: { } peer }
            && records.OfPeer(peer, found.Own, state.Faults) is { } contact)
        {
            state.Table.Hear(contact, node.Now);
            state.Table.Answered(contact.Id, DhtLookups.IsReachable(contact, peer), node.Now);
        }
    }

    /// <summary>The first node is known: a lookup of this node's own key tells its neighbours of it.</summary>
    private void Join()
    {
        if (_ownWalkDue is null && state.Table.Count > 0)
        {
            WalkHome();
        }
    }

    private void WalkHome()
    {
        _ownWalkDue = node.Now + _ownWalkPause;
        _ownWalkPause = _ownWalkPause * 2 < DhtLimits.LastOwnWalk ? _ownWalkPause * 2 : DhtLimits.LastOwnWalk;
        lookups.Begin(new WalkJob(state.Table.Key));
    }
}
