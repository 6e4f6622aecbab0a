namespace ActorP2P.Protocol;

/// <summary>
/// The nodes that this node knows, by the distance of their keys. A node that answers keeps its place, whoever else
/// comes; who comes later waits until it fails. Nothing here grows beyond its bounds: there are 20 places and 10
/// waiting nodes for each shared bit, and few of each group of addresses.
/// </summary>
/// <param name="own">This node.</param>
internal sealed class RoutingTable(NodeId own)
{
    private readonly DhtKey _key = DhtKey.Of(own);
    private readonly RoutingBucket?[] _buckets = new RoutingBucket?[DhtKey.Bits];
    private readonly List<RoutingBucket> _used = [];
    private readonly GroupCounts _groups = new(DhtLimits.PerGroupInTable);

    /// <summary>This node's key.</summary>
    public DhtKey Key => _key;

    /// <summary>Nodes that have a place.</summary>
    public int Count { get; private set; }

    /// <summary>Nodes that wait for a place.</summary>
    public int Waiting => _used.Sum(static bucket => bucket.Spares.Count);

    /// <summary>When the next node is to be asked whether it is still there; null: there is no node.</summary>
    public TimeSpan? NextCheck
    {
        get
        {
            TimeSpan? next = null;
            foreach (RoutingBucket bucket in _used)
            {
                foreach (RoutingEntry entry in bucket.Members)
                {
                    next = WaitTime.Earliest(next, entry.CheckDue);
                }
            }

            return next;
        }
    }

    /// <summary>Takes note of a node. It has not answered this node, so it takes no place of one that has.</summary>
    public RoutingOutcome Hear(DhtContact contact, TimeSpan now)
    {
        if (contact.Id == own)
        {
            return RoutingOutcome.Own;
        }

        if (contact.Record.Addresses.Count == 0)
        {
            return RoutingOutcome.NoAddress;
        }

        RoutingBucket bucket = BucketOf(contact.Key, now);
        if (bucket.Find(contact.Id) is { } known)
        {
            // A node that has failed is heard of again: perhaps it is back.
            known.CheckDue = known.Failures > 0 ? now : known.CheckDue;
            return Renew(bucket, known, contact);
        }

        RoutingEntry entry = new(contact) { CheckDue = now };
        if (TryPlace(bucket, entry))
        {
            return RoutingOutcome.Added;
        }

        if (!bucket.TryAddSpare(entry))
        {
            return RoutingOutcome.GroupFull;
        }

        Hurry(bucket, now);
        return RoutingOutcome.Waiting;
    }

    /// <summary>A node has answered. If it waits, it takes the place of one that has not.</summary>
    /// <param name="id">The node.</param>
    /// <param name="isReachable">Whether the answer shows that others can dial it.</param>
    /// <param name="now">The time.</param>
    public void Answered(NodeId id, bool isReachable, TimeSpan now)
    {
        if (Find(id, out RoutingBucket? bucket) is not { } entry)
        {
            return;
        }

        entry.LastAnswer = now;
        entry.Failures = 0;
        entry.IsReachable |= isReachable;
        entry.CheckDue = now + DhtLimits.CheckAfter;
        bucket!.Touch(entry);
        if (!bucket.IsMember(entry) && bucket.FirstDoubtful() is { } doubtful)
        {
            bucket.Remove(entry);
            Displace(bucket, doubtful);
            if (!TryPlace(bucket, entry))
            {
                bucket.TryAddSpare(entry);
                Fill(bucket);
            }
        }
    }

    /// <summary>
    /// A question to a node has failed. Another takes its place if one waits; otherwise it goes after a few failures.
    /// </summary>
    public void Failed(NodeId id, TimeSpan now)
    {
        if (Find(id, out RoutingBucket? bucket) is not { } entry)
        {
            return;
        }

        entry.Failures++;
        entry.CheckDue = now + (DhtLimits.CheckPause * entry.Failures);
        if (!bucket!.IsMember(entry))
        {
            bucket.Remove(entry);
        }
        else if (bucket.Spares.Count > 0 || entry.Failures >= DhtLimits.MostFailures)
        {
            Displace(bucket, entry);
            Fill(bucket);
        }
    }

    /// <summary>The known node, if it has a place or waits for one; null otherwise.</summary>
    public RoutingEntry? Find(NodeId id) => Find(id, out _);

    /// <summary>Whether this node looks for more nodes as far away as this one.</summary>
    public bool Wants(NodeId id)
    {
        DhtKey key = DhtKey.Of(id);
        return id != own && (_buckets[Index(key)]?.Members.Count ?? 0) < DhtLimits.Closest;
    }

    /// <summary>The nodes closest to a key, the closest first.</summary>
    /// <param name="key">The key.</param>
    /// <param name="count">The most nodes.</param>
    /// <param name="isForOthers">Whether only nodes that others can dial are wanted.</param>
    public IReadOnlyList<DhtContact> ClosestTo(DhtKey key, int count, bool isForOthers)
    {
        List<DhtContact> closest = [];

        // The nodes of the key's own bucket are closer to the key than all others. Those of the buckets nearer to this
        // node come next, and then one bucket after the other.
        int own = Index(key);
        Add(own, own + 1);
        Add(own + 1, _buckets.Length);
        for (int i = own - 1; i >= 0 && closest.Count < count; i--)
        {
            Add(i, i + 1);
        }

        return closest.Count <= count ? closest : closest.GetRange(0, count);

        void Add(int from, int to)
        {
            int before = closest.Count;
            for (int i = from; i < to && before < count; i++)
            {
                foreach (RoutingEntry entry in _buckets[i]?.Members ?? [])
                {
                    if (!isForOthers || entry is { IsReachable: true, Failures: 0 })
                    {
                        closest.Add(entry.Contact);
                    }
                }
            }

            closest.Sort(before, closest.Count - before, new ByDistance(key));
        }
    }

    /// <summary>Takes a node that is to be asked whether it is still there. It is not due again for a while.</summary>
    public DhtContact? TakeCheck(TimeSpan now)
    {
        RoutingEntry? first = null;
        foreach (RoutingBucket bucket in _used)
        {
            foreach (RoutingEntry entry in bucket.Members)
            {
                first = entry.CheckDue <= now && (first is null || entry.CheckDue < first.CheckDue) ? entry : first;
            }
        }

        if (first is null)
        {
            return null;
        }

        first.CheckDue = now + DhtLimits.CheckPause;
        return first.Contact;
    }

    /// <summary>A lookup goes to a key, so that part of the key space needs no walk for a while.</summary>
    public void NoteLookup(DhtKey key, TimeSpan now) => BucketOf(key, now).LastLookup = now;

    /// <summary>
    /// Takes a random key of a part of the key space that no lookup went to for a while; null when there is none. The
    /// parts closest to this node need none, because a lookup of its own key finds the nodes there.
    /// </summary>
    public DhtKey? TakeWalk(TimeSpan now, ref SplitMix64 random)
    {
        int near = _buckets.Length;
        for (int nodes = 0; near > 0 && nodes + (_buckets[near - 1]?.Members.Count ?? 0) <= DhtLimits.Closest; near--)
        {
            nodes += _buckets[near - 1]?.Members.Count ?? 0;
        }

        for (int i = 0; i < near; i++)
        {
            if (_buckets[i] is { } bucket && now - bucket.LastLookup >= DhtLimits.RefreshAfter)
            {
                bucket.LastLookup = now;
                return _key.Near(i, ref random);
            }
        }

        return null;
    }

    private RoutingOutcome Renew(RoutingBucket bucket, RoutingEntry known, DhtContact contact)
    {
        if (!contact.Record.IsNewerThan(known.Contact.Record))
        {
            return contact.Record.Sequence == known.Contact.Record.Sequence
                ? RoutingOutcome.Known
                : RoutingOutcome.Stale;
        }

        if (known.Contact.Groups.SequenceEqual(contact.Groups))
        {
            known.Contact = contact;
            return RoutingOutcome.Renewed;
        }

        // Under its new addresses it has to find a place as any other node, and to show that it is there.
        bool isMember = bucket.IsMember(known);
        if (isMember)
        {
            Displace(bucket, known);
        }
        else
        {
            bucket.Remove(known);
        }

        known.Contact = contact;
        known.IsReachable = false;
        known.CheckDue = TimeSpan.Zero;
        bool isKept = (isMember && TryPlace(bucket, known)) || bucket.TryAddSpare(known);
        Fill(bucket);
        return isKept ? RoutingOutcome.Renewed : RoutingOutcome.GroupFull;
    }

    private bool TryPlace(RoutingBucket bucket, RoutingEntry entry)
    {
        if (!bucket.HasRoom(entry.Contact.Groups) || !_groups.HasRoom(entry.Contact.Groups))
        {
            return false;
        }

        bucket.AddMember(entry);
        _groups.Add(entry.Contact.Groups);
        Count++;
        return true;
    }

    private void Displace(RoutingBucket bucket, RoutingEntry member)
    {
        bucket.Remove(member);
        _groups.Remove(member.Contact.Groups);
        Count--;
    }

    /// <summary>Gives free places to nodes that wait.</summary>
    private void Fill(RoutingBucket bucket)
    {
        while (bucket.NextSpare() is { } spare)
        {
            bucket.Remove(spare);
            if (!TryPlace(bucket, spare))
            {
                bucket.TryAddSpare(spare);
                return;
            }
        }
    }

    /// <summary>Somebody waits: the member that was heard of longest ago is checked early.</summary>
    private static void Hurry(RoutingBucket bucket, TimeSpan now)
    {
        if (bucket.Members.Count > 0 && bucket.Members[0] is { LastAnswer: { } last } oldest
            && now - last >= DhtLimits.CheckPause)
        {
            oldest.CheckDue = WaitTime.Earliest(oldest.CheckDue, now)!.Value;
        }
    }

    private RoutingEntry? Find(NodeId id, out RoutingBucket? bucket)
    {
        bucket = id == own ? null : _buckets[Index(DhtKey.Of(id))];
        return bucket?.Find(id);
    }

    // A key that is this node's own has no bucket; it is counted with the nearest.
    private int Index(DhtKey key) => Math.Min(_key.SharedBits(key), DhtKey.Bits - 1);

    private RoutingBucket BucketOf(DhtKey key, TimeSpan now)
    {
        ref RoutingBucket? bucket = ref _buckets[Index(key)];
        if (bucket is null)
        {
            // Nobody has looked there yet, so a walk is due.
            _used.Add(bucket = new RoutingBucket { LastLookup = now - DhtLimits.RefreshAfter });
        }

        return bucket;
    }

    private sealed class ByDistance(DhtKey key) : IComparer<DhtContact>
    {
        public int Compare(DhtContact? x, DhtContact? y) =>
            x!.Key.DistanceTo(key).CompareTo(y!.Key.DistanceTo(key));
    }
}
