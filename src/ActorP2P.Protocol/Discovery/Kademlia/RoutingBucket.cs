namespace ActorP2P.Protocol;

/// <summary>
/// The nodes whose keys share a number of bits with this node's key. The first in each list is the one heard of longest
/// ago.
/// </summary>
internal sealed class RoutingBucket
{
    private readonly GroupCounts _memberGroups = new(DhtLimits.PerGroup);
    private readonly GroupCounts _spareGroups = new(DhtLimits.PerGroup);
    private readonly List<RoutingEntry> _members = [];
    private readonly List<RoutingEntry> _spares = [];

    /// <summary>The nodes that have a place.</summary>
    public IReadOnlyList<RoutingEntry> Members => _members;

    /// <summary>The nodes that wait for a place.</summary>
    public IReadOnlyList<RoutingEntry> Spares => _spares;

    /// <summary>When a lookup last went here.</summary>
    public TimeSpan LastLookup { get; set; }

    /// <summary>Finds a node, with or without a place.</summary>
    public RoutingEntry? Find(NodeId id) => Find(_members, id) ?? Find(_spares, id);

    /// <summary>Whether a node has a place.</summary>
    public bool IsMember(RoutingEntry entry) => _members.Contains(entry);

    /// <summary>Whether a new node of these groups would get a place.</summary>
    public bool HasRoom(IReadOnlyList<string> groups) =>
        _members.Count < DhtLimits.Closest && _memberGroups.HasRoom(groups);

    /// <summary>Gives a node a place. There must be room.</summary>
    public void AddMember(RoutingEntry entry)
    {
        _members.Add(entry);
        _memberGroups.Add(entry.Contact.Groups);
    }

    /// <summary>Lets a node wait. The one that has waited longest goes when there are too many.</summary>
    /// <returns>False when too many of its group wait.</returns>
    public bool TryAddSpare(RoutingEntry entry)
    {
        if (!_spareGroups.HasRoom(entry.Contact.Groups))
        {
            return false;
        }

        if (_spares.Count == DhtLimits.Spares)
        {
            RoutingEntry? leaver = _spares.Find(static spare => spare.LastAnswer is null);
            if (leaver is null && entry.LastAnswer is null)
            {
                return false;
            }

            Remove(leaver ?? _spares[0]);
        }

        _spares.Add(entry);
        _spareGroups.Add(entry.Contact.Groups);
        return true;
    }

    /// <summary>Takes a node out.</summary>
    public void Remove(RoutingEntry entry)
    {
        if (_members.Remove(entry))
        {
            _memberGroups.Remove(entry.Contact.Groups);
        }
        else if (_spares.Remove(entry))
        {
            _spareGroups.Remove(entry.Contact.Groups);
        }
    }

    /// <summary>A node was heard of: it moves to the end of its list.</summary>
    public void Touch(RoutingEntry entry)
    {
        List<RoutingEntry> list = _members.Contains(entry) ? _members : _spares;
        list.Remove(entry);
        list.Add(entry);
    }

    /// <summary>
    /// The first waiting node that fits a free place: one that has answered before one that has not, and the latest of
    /// them. Null when there is none.
    /// </summary>
    public RoutingEntry? NextSpare()
    {
        RoutingEntry? best = null;
        for (int i = _spares.Count - 1; i >= 0; i--)
        {
            RoutingEntry spare = _spares[i];
            if (spare.Failures == 0 && HasRoom(spare.Contact.Groups)
                && (best is null || (best.LastAnswer is null && spare.LastAnswer is not null)))
            {
                best = spare;
            }
        }

        return best;
    }

    /// <summary>The first member that another node may replace; null when all have answered.</summary>
    public RoutingEntry? FirstDoubtful() => _members.Find(static member => member.IsDoubtful);

    private static RoutingEntry? Find(List<RoutingEntry> entries, NodeId id) =>
        entries.Find(entry => entry.Contact.Id == id);
}
