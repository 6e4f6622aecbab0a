using ActorP2P.Protocol;

namespace ActorP2P;

/// <summary>
/// Runs lookups, a few at a time. It is a part of the <see cref="DhtActor"/> and used in its turns only.
/// </summary>
internal sealed class DhtLookups(NodeContext node, DhtState state, DhtRecords records, DhtQuestions questions)
{
    /// <summary>Lookups that run at a time: what fills the default of connections, and as many again.</summary>
    public const int MostRunning = 4;

    /// <summary>Lookups that wait; further ones fail at once.</summary>
    public const int MostWaiting = 64;

    private static readonly LookupSettings s_settings = new();

    private readonly List<Running> _running = [];
    private readonly LinkedList<DhtJob> _waiting = [];

    /// <summary>Lookups that run or wait.</summary>
    public int Count => _running.Count + _waiting.Count;

    /// <summary>When a question or a lookup has taken too long; null when none runs.</summary>
    public TimeSpan? NextDue
    {
        get
        {
            TimeSpan? next = null;
            foreach (Running running in _running)
            {
                next = WaitTime.Earliest(next, running.Lookup.NextDue);
            }

            return next;
        }
    }

    /// <summary>Begins a lookup, or lets it wait.</summary>
    public void Begin(DhtJob job)
    {
        if (_waiting.Count >= MostWaiting)
        {
            job.Fail(new DhtException(DhtFailure.Busy, $"{Count} lookups run and wait already"));
            return;
        }

        _waiting.AddLast(job);
        Pump();
    }

    /// <summary>Nobody waits for a lookup any more.</summary>
    public void Cancel(DhtJob job)
    {
        _waiting.Remove(job);
        _running.Find(running => running.Job == job)?.Lookup.Finish(LookupEnd.Cancelled);
        Pump();
    }

    /// <summary>Ends what has taken too long.</summary>
    public void Expire()
    {
        foreach (Running running in _running)
        {
            foreach (NodeId silent in running.Lookup.Expire(node.Now))
            {
                state.Table.Failed(silent, node.Now);
            }
        }

        Pump();
    }

    /// <summary>All lookups end, because the actor does.</summary>
    public void Fail(Exception failure)
    {
        _running.ForEach(running => running.Job.Fail(failure));
        foreach (DhtJob job in _waiting)
        {
            job.Fail(failure);
        }

        _running.Clear();
        _waiting.Clear();
    }

    /// <summary>Asks whoever is to be asked now, ends what has ended, and begins what waits.</summary>
    public void Pump()
    {
        for (int i = 0; i < _running.Count; i++)
        {
            Advance(_running[i]);
        }

        // A job that ends may begin another one.
        while (_running.Find(static running => running.Lookup.End is not null) is { } ended)
        {
            _running.Remove(ended);
            ended.Job.Finish(ended.Lookup);
        }

        while (_running.Count < MostRunning && _waiting.First is { } first)
        {
            _waiting.RemoveFirst();
            Start(first.Value);
        }
    }

    private void Start(DhtJob job)
    {
        state.Table.NoteLookup(job.Key, node.Now);
        Lookup lookup = new(
            s_settings, job.Key, node.Id, job.Wanted,
            state.Table.ClosestTo(job.Key, DhtLimits.Closest, isForOthers: false), node.Now);
        if (job.IsForProviders)
        {
            job.Take(state.Providers.Of(job.Key, node.Now, ref state.Random));
        }

        Running running = new(job, lookup);
        Advance(running);
        if (lookup.End is not null)
        {
            job.Finish(lookup);
        }
        else
        {
            _running.Add(running);
        }
    }

    private void Advance(Running running)
    {
        bool hasBegun = false;
        while (questions.HasRoom && running.Lookup.TryNext(node.Now, out DhtContact? next))
        {
            hasBegun = true;
            IMessage request = running.Job.IsForProviders
                ? new GetProviders(running.Job.Key, records.Own)
                : new FindNode(running.Job.Key, records.Own, WantsRecord: false);
            questions.Ask(next, request, reply => Take(running, next, reply));
        }

        if (hasBegun)
        {
            running.Job.Advance(running.Lookup);
        }
    }

    private void Take(Running running, DhtContact contact, DhtReply reply)
    {
        if (reply is not { Answer: { } answer, Peer: { } peer })
        {
            state.NoteFailure(contact.Id, reply.Fault, node.Now);
            running.Lookup.Failed(contact.Id, reply.Fault);
            Pump();
            return;
        }

        state.Table.Hear(contact, node.Now);
        state.Table.Answered(contact.Id, IsReachable(contact, peer), node.Now);
        if (running.Lookup.End is null)
        {
            IReadOnlyList<ReadOnlyMemory<byte>> named = (answer as FoundNodes)?.Nodes ?? [];
            if (answer is FoundProviders found)
            {
                named = found.Nodes;
                running.Job.Take(records.Providers(peer, running.Job.Key, found.Providers, state.Faults));
            }

            running.Lookup.Answered(contact.Id, records.Nodes(peer, named, state.Faults));
        }

        running.Job.Advance(running.Lookup);
        Pump();
    }

    /// <summary>
    /// Whether an answer shows that others can dial a node: it came over a connection that was dialled, or from the
    /// host of one of the node's addresses.
    /// </summary>
    public static bool IsReachable(DhtContact contact, Peer peer) => peer.IsOutbound || contact.IsAt(peer.Address.Host);

    private sealed record Running(DhtJob Job, Lookup Lookup);
}
