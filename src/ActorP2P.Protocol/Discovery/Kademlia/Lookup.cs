using System.Diagnostics.CodeAnalysis;

namespace ActorP2P.Protocol;

/// <summary>
/// An iterative lookup: it asks nodes for nodes closer to a key, until it has asked the closest of all it has heard of.
/// It goes several ways at a time that share no node, so that a node that lies leads only its own path astray. It sends
/// nothing itself: <see cref="TryNext"/> says whom to ask, and the outcome comes back.
/// </summary>
internal sealed class Lookup
{
    private readonly LookupSettings _settings;
    private readonly DhtKey _target;
    private readonly NodeId _own;
    private readonly NodeId? _wanted;
    private readonly LookupPath[] _paths;
    private readonly Dictionary<NodeId, LookupCandidate> _known = [];
    private readonly TimeSpan _deadline;

    /// <param name="settings">The bounds.</param>
    /// <param name="target">The key.</param>
    /// <param name="own">This node, which is not asked.</param>
    /// <param name="wanted">The node that is looked for; null when the closest nodes are.</param>
    /// <param name="seeds">The closest nodes that are known, the closest first.</param>
    /// <param name="now">The time.</param>
    public Lookup(
        LookupSettings settings, DhtKey target, NodeId own, NodeId? wanted, IReadOnlyList<DhtContact> seeds,
        TimeSpan now)
    {
        _settings = settings;
        _target = target;
        _own = own;
        _wanted = wanted;
        _deadline = now + settings.Timeout;
        _paths = [.. Enumerable.Range(0, settings.Paths).Select(static number => new LookupPath(number))];
        for (int i = 0; i < seeds.Count; i++)
        {
            Add(seeds[i], _paths[i % _paths.Length], hops: 1);
        }

        if (_known.Count == 0 && Found is null)
        {
            End = LookupEnd.NobodyKnown;
        }
    }

    /// <summary>How it ended; null while it goes on.</summary>
    public LookupEnd? End { get; private set; }

    /// <summary>The node that is looked for, by its newest record; null when nobody has named it.</summary>
    public DhtContact? Found { get; private set; }

    /// <summary>Questions asked.</summary>
    public int Queries { get; private set; }

    /// <summary>Questions that were answered.</summary>
    public int Answers { get; private set; }

    /// <summary>Questions that have failed.</summary>
    public int Failures { get; private set; }

    /// <summary>Questions that are open.</summary>
    public int Open => _paths.Sum(static path => path.Open);

    /// <summary>
    /// Questions in a row that led to the node that was found; otherwise, to the closest that has answered.
    /// </summary>
    public int Hops { get; private set; }

    /// <summary>What was wrong with answers, by reason.</summary>
    public DhtFaultCounts Faults { get; } = new();

    /// <summary>When something is due: the end of the lookup or of a question; null when it has ended.</summary>
    public TimeSpan? NextDue
    {
        get
        {
            TimeSpan? next = End is null ? _deadline : null;
            foreach (LookupCandidate candidate in AllAsked)
            {
                next = WaitTime.Earliest(next, candidate.AskedAt + _settings.QueryTimeout);
            }

            return End is null ? next : null;
        }
    }

    /// <summary>The closest nodes that have answered, the closest first, with few of each group of addresses.</summary>
    public IReadOnlyList<DhtContact> Closest
    {
        get
        {
            GroupCounts groups = new(DhtLimits.PerGroup);
            List<DhtContact> closest = [];
            foreach (LookupCandidate candidate in
                _known.Values.Where(static known => known.State == LookupState.Answered)
                    .OrderBy(static known => known.Distance))
            {
                if (closest.Count < DhtLimits.Closest && groups.HasRoom(candidate.Contact.Groups))
                {
                    groups.Add(candidate.Contact.Groups);
                    closest.Add(candidate.Contact);
                }
            }

            return closest;
        }
    }

    /// <summary>The bits that the closest node that has answered shares with the key.</summary>
    public int ClosestBits { get; private set; }

    private IEnumerable<LookupCandidate> AllAsked =>
        _known.Values.Where(static known => known.State == LookupState.Asked);

    /// <summary>
    /// Whom to ask next. Its outcome must follow, by <see cref="Answered"/> or <see cref="Failed"/>.
    /// </summary>
    /// <returns>False when nobody is to be asked now.</returns>
    public bool TryNext(TimeSpan now, [NotNullWhen(true)] out DhtContact? next)
    {
        next = null;
        if (End is not null)
        {
            return false;
        }

        LookupPath? path = null;
        LookupCandidate? candidate = null;
        foreach (LookupPath other in _paths)
        {
            // The path with the fewest open questions goes first, so that all advance.
            if (!other.HasFound && other.Open < _settings.Parallel && (path is null || other.Open < path.Open)
                && other.Next() is { } waiting)
            {
                (path, candidate) = (other, waiting);
            }
        }

        if (candidate is null)
        {
            EndIfComplete();
            return false;
        }

        if (Queries == _settings.MaxQueries)
        {
            Finish(LookupEnd.TooManyQueries);
            return false;
        }

        Queries++;
        path!.Begin(candidate, now);
        next = candidate.Contact;
        return true;
    }

    /// <summary>A node has answered. An answer that comes after the end of the question is ignored.</summary>
    /// <param name="from">The node.</param>
    /// <param name="contacts">The nodes that it names, whose records are right.</param>
    public void Answered(NodeId from, IReadOnlyList<DhtContact> contacts)
    {
        if (End is not null || !TryEnd(from, hasAnswered: true, out LookupCandidate? candidate))
        {
            return;
        }

        Answers++;
        int bits = candidate.Contact.Key.SharedBits(_target);
        if (bits >= ClosestBits && Found is null)
        {
            (ClosestBits, Hops) = (bits, candidate.Hops);
        }

        foreach (DhtContact contact in contacts)
        {
            Add(contact, _paths[candidate.Owner], candidate.Hops + 1);
        }

        EndIfComplete();
    }

    /// <summary>A question has failed.</summary>
    /// <param name="from">The node.</param>
    /// <param name="fault">Why.</param>
    public void Failed(NodeId from, DhtFault fault)
    {
        if (End is null && TryEnd(from, hasAnswered: false, out LookupCandidate? candidate))
        {
            Fail(candidate, fault);
            EndIfComplete();
        }
    }

    /// <summary>Ends questions that have had no answer for too long, and the lookup when its time is over.</summary>
    /// <returns>The nodes that have not answered.</returns>
    public IReadOnlyList<NodeId> Expire(TimeSpan now)
    {
        if (End is not null)
        {
            return [];
        }

        LookupCandidate[] silent =
            [.. AllAsked.Where(asked => asked.AskedAt + _settings.QueryTimeout <= now)
                .OrderBy(static asked => asked.Distance)];
        foreach (LookupCandidate candidate in silent)
        {
            _paths[candidate.Owner].End(candidate, hasAnswered: false);
            Fail(candidate, DhtFault.Silent);
        }

        EndIfComplete();
        if (now >= _deadline)
        {
            Finish(LookupEnd.TimedOut);
        }

        return [.. silent.Select(static candidate => candidate.Contact.Id)];
    }

    /// <summary>Ends the lookup, if it has not ended.</summary>
    public void Finish(LookupEnd end) => End ??= end;

    private bool TryEnd(NodeId from, bool hasAnswered, [NotNullWhen(true)] out LookupCandidate? candidate)
    {
        if (!_known.TryGetValue(from, out candidate) || candidate.State != LookupState.Asked)
        {
            return false;
        }

        _paths[candidate.Owner].End(candidate, hasAnswered);
        return true;
    }

    private void Fail(LookupCandidate candidate, DhtFault fault)
    {
        Failures++;
        Faults.Add(fault);
        Array.ForEach(_paths, path => path.Forget(candidate));
    }

    private void Add(DhtContact contact, LookupPath path, int hops)
    {
        if (contact.Id == _own)
        {
            Faults.Add(DhtFault.Own);
        }
        else if (contact.Id == _wanted)
        {
            TakeFound(contact, path, hops - 1);
        }
        else if (_known.TryGetValue(contact.Id, out LookupCandidate? known))
        {
            // It belongs to the path that was first, and counts as a close node for both.
            if (known.State != LookupState.Failed)
            {
                path.TryAdd(known);
            }
        }
        else if (hops <= _settings.MaxHops)
        {
            LookupCandidate candidate = new(contact, contact.Key.DistanceTo(_target), path.Number, hops);
            if (path.TryAdd(candidate))
            {
                _known.Add(contact.Id, candidate);
            }
            else
            {
                Faults.Add(DhtFault.GroupFull);
            }
        }
    }

    private void TakeFound(DhtContact contact, LookupPath path, int hops)
    {
        if (Found is null)
        {
            Hops = hops;
        }

        // A node that lies may name a record of the past, which the node has signed too.
        Faults.Add(DhtFault.Stale, Found is null || !Found.Record.IsNewerThan(contact.Record) ? 0 : 1);
        Found = Found is null || contact.Record.IsNewerThan(Found.Record) ? contact : Found;
        path.HasFound = true;
        EndIfComplete();
    }

    // Every path goes its way to the end, because the record that one of them has found may be of the past.
    private void EndIfComplete()
    {
        if (End is null && _paths.All(static path => path.HasFound || (path.Open == 0 && path.Next() is null)))
        {
            Finish(Found is not null ? LookupEnd.Found : LookupEnd.Complete);
        }
    }
}
