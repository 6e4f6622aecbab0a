namespace ActorP2P.Protocol;

/// <content>What attempts to connect say of an address, and who gets a place among the tried ones.</content>
internal sealed partial class AddressBook
{
    // Bitcoin Core's values: waiting candidates, the time in which a test must be made, and how long an address that
    // has worked keeps its place without a test.
    private const int MostCandidates = 10;
    private static readonly TimeSpan s_testWithin = TimeSpan.FromMinutes(40);
    private static readonly TimeSpan s_keepsFor = TimeSpan.FromHours(4);
    private static readonly TimeSpan s_testTakes = TimeSpan.FromMinutes(1);

    private readonly List<Candidate> _candidates = [];

    /// <summary>Addresses that wait for the test of another one, whose place they would take.</summary>
    public int Candidates => _candidates.Count;

    /// <summary>An address is dialled.</summary>
    public void Attempted(PeerAddress address, TimeSpan now)
    {
        if (_entries.TryGetValue(address, out BookEntry? entry))
        {
            entry.TriedAt = now;
        }
    }

    /// <summary>An attempt to connect has failed.</summary>
    /// <param name="address">The address.</param>
    /// <param name="counts">
    /// Whether it is likely to be the fault of the address: a node that has no connection may itself be cut off.
    /// </param>
    public void Failed(PeerAddress address, bool counts)
    {
        if (counts && _entries.TryGetValue(address, out BookEntry? entry) && entry.Failures < ushort.MaxValue)
        {
            entry.Failures++;
        }
    }

    /// <summary>
    /// A connection to an address is ready. It gets a place among the tried addresses, unless another one is there:
    /// that is tested first, and only if it fails does it lose its place.
    /// </summary>
    public void Worked(PeerAddress address, TimeSpan now)
    {
        if (!_entries.TryGetValue(address, out BookEntry? entry))
        {
            return;
        }

        entry.WorkedAt = now;
        entry.TriedAt = now;
        entry.SeenAt = now > entry.SeenAt ? now : entry.SeenAt;
        entry.Failures = 0;
        if (entry.IsTried)
        {
            return;
        }

        int slot = TriedSlotOf(entry);
        if (_tried[slot] is null || _tried[slot]!.IsPoor(now))
        {
            MakeTried(entry, slot);
        }
        else if (_candidates.Count < MostCandidates && !_candidates.Exists(waiting => waiting.Entry == entry))
        {
            _candidates.Add(new Candidate(entry, now));
        }
    }

    /// <summary>
    /// Decides about the candidates whose test is over, and draws one of the others.
    /// </summary>
    /// <returns>The tried address to test now; null when no candidate waits for a test.</returns>
    public BookEntry? TakeTest(TimeSpan now)
    {
        _candidates.RemoveAll(candidate => IsDecided(candidate, now));
        if (_candidates.Count == 0)
        {
            return null;
        }

        BookEntry? there = _tried[TriedSlotOf(_candidates[Draw(_candidates.Count)].Entry)];
        return there is not null && there.MayTry(now) ? there : null;
    }

    private bool IsDecided(Candidate candidate, TimeSpan now)
    {
        BookEntry entry = candidate.Entry;
        if (entry.IsTried || _entries.GetValueOrDefault(entry.Address) != entry)
        {
            return true;
        }

        int slot = TriedSlotOf(entry);
        BookEntry? there = _tried[slot];
        if (there is null)
        {
            MakeTried(entry, slot);
            return true;
        }

        bool hasFailed = there.TriedAt >= candidate.Since && now - there.TriedAt > s_testTakes
            && !(there.WorkedAt >= candidate.Since);
        if (now - there.WorkedAt < s_keepsFor && !hasFailed)
        {
            return true;
        }

        if (hasFailed || now - candidate.Since > s_testWithin)
        {
            MakeTried(entry, slot);
            return true;
        }

        return false;
    }

    private void MakeTried(BookEntry entry, int slot)
    {
        _groups.Remove(entry);
        entry.NewSlots.ForEach(place => _new[place] = null);
        entry.NewSlots.Clear();
        if (_tried[slot] is { } there)
        {
            ReturnToNew(there);
        }

        _tried[slot] = entry;
        entry.TriedSlot = slot;
        TriedCount++;
        Enter(entry);
    }

    private void ReturnToNew(BookEntry entry)
    {
        _groups.Remove(entry);
        _tried[entry.TriedSlot] = null;
        entry.TriedSlot = -1;
        TriedCount--;
        Put(entry, NewSlotOf(entry, entry.Source));
    }

    /// <summary>An address that has worked and waits for a place.</summary>
    /// <param name="Entry">The address.</param>
    /// <param name="Since">Since when it waits.</param>
    private sealed record Candidate(BookEntry Entry, TimeSpan Since);
}
