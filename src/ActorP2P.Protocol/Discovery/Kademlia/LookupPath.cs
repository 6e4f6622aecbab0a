namespace ActorP2P.Protocol;

/// <summary>One path of a lookup: the nodes that it has heard of, the closest first.</summary>
/// <param name="number">The path's number.</param>
internal sealed class LookupPath(int number)
{
    // Several times what a path asks. Nodes further away than these are not needed.
    private const int MostCandidates = 5 * DhtLimits.Closest;

    private readonly List<LookupCandidate> _candidates = [];
    private readonly GroupCounts _groups = new(DhtLimits.PerGroup);

    /// <summary>The path's number.</summary>
    public int Number => number;

    /// <summary>Questions that are open.</summary>
    public int Open { get; private set; }

    /// <summary>Whether this path has heard of the node that is looked for.</summary>
    public bool HasFound { get; set; }

    /// <summary>Adds a node, if it is not too far away and there are not too many of its group of addresses.</summary>
    /// <returns>False when there are too many of its group.</returns>
    public bool TryAdd(LookupCandidate candidate)
    {
        int place = _candidates.FindIndex(other => other.Distance.CompareTo(candidate.Distance) >= 0);
        if (place >= 0 && _candidates[place] == candidate)
        {
            return true;
        }

        if (!_groups.HasRoom(candidate.Contact.Groups))
        {
            return false;
        }

        _candidates.Insert(place < 0 ? _candidates.Count : place, candidate);
        _groups.Add(candidate.Contact.Groups);
        if (_candidates.Count > MostCandidates)
        {
            LookupCandidate? furthest = _candidates.FindLast(static other => other.State == LookupState.Waiting);
            Forget(furthest ?? _candidates[^1]);
        }

        return true;
    }

    /// <summary>
    /// The node to ask next: the closest that waits, if it is among the closest that have not failed. Null when the
    /// path has asked all of these.
    /// </summary>
    public LookupCandidate? Next()
    {
        int close = 0;
        foreach (LookupCandidate candidate in _candidates)
        {
            if (candidate.State == LookupState.Waiting && candidate.Owner == number)
            {
                return candidate;
            }

            if (++close == DhtLimits.Closest)
            {
                return null;
            }
        }

        return null;
    }

    /// <summary>A question to a node of this path begins.</summary>
    public void Begin(LookupCandidate candidate, TimeSpan now)
    {
        candidate.State = LookupState.Asked;
        candidate.AskedAt = now;
        Open++;
    }

    /// <summary>A question to a node of this path has ended.</summary>
    public void End(LookupCandidate candidate, bool hasAnswered)
    {
        candidate.State = hasAnswered ? LookupState.Answered : LookupState.Failed;
        Open--;
    }

    /// <summary>A node has failed. It makes room for others of its group.</summary>
    public void Forget(LookupCandidate candidate)
    {
        if (_candidates.Remove(candidate))
        {
            _groups.Remove(candidate.Contact.Groups);
        }
    }
}
