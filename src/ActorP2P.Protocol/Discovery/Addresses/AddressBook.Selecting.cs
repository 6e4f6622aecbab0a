namespace ActorP2P.Protocol;

/// <content>Which address is dialled next, and which are passed on.</content>
internal sealed partial class AddressBook
{
    // Draws before each group is looked at in turn. Each makes an unlikely address more likely by a fifth, as in
    // Bitcoin Core.
    private const int MostDraws = 50;
    private const double MoreLikely = 1.2;

    /// <summary>
    /// Draws an address to dial: its group first, half of the times among the groups that have an address that has
    /// worked. So a group gets its share, however many addresses it has, and a flood of groups that do not answer costs
    /// at most every second dial.
    /// </summary>
    /// <param name="now">The time.</param>
    /// <param name="isGroupTaken">Whether a group is out of the question.</param>
    /// <param name="isTaken">Whether an address is out of the question.</param>
    /// <returns>The address; null when there is none to dial now.</returns>
    public BookEntry? Select(TimeSpan now, Predicate<string> isGroupTaken, Predicate<PeerAddress> isTaken)
    {
        double likely = 1;
        for (int draw = 0; draw < MostDraws && DrawGroup() is { } group; draw++)
        {
            if (isGroupTaken(group.Name))
            {
                continue;
            }

            BookEntry entry = DrawEntry(group);
            if (entry.MayTry(now) && DrawFraction() < entry.Chance(now) * likely && !isTaken(entry.Address))
            {
                return entry;
            }

            likely *= MoreLikely;
        }

        return SelectInTurn(now, onlyNew: false, isGroupTaken, isTaken);
    }

    /// <summary>
    /// Draws an address to test, of those that have not worked yet: its source first, and first of all one of a group
    /// in which no address has worked. So who tells many addresses, even of many invented groups, gets no more tests,
    /// and in the end each group has been tested, whichever was known first.
    /// </summary>
    /// <param name="now">The time.</param>
    /// <param name="isTaken">Whether an address is out of the question.</param>
    /// <returns>The address; null when there is none to dial now.</returns>
    public BookEntry? SelectNew(TimeSpan now, Predicate<PeerAddress> isTaken)
    {
        double likely = 1;
        for (int draw = 0; draw < MostDraws && _groups.Sources.Count > 0; draw++)
        {
            IReadOnlyList<BookEntry> told = _groups.Sources.At(Draw(_groups.Sources.Count));
            BookEntry entry = told[Draw(told.Count)];
            if (draw < MostDraws / 2 && _groups.IsTried(entry.Group))
            {
                continue;
            }

            if (entry.MayTry(now) && DrawFraction() < entry.Chance(now) * likely && !isTaken(entry.Address))
            {
                return entry;
            }

            likely *= MoreLikely;
        }

        return SelectInTurn(now, onlyNew: true, static _ => false, isTaken);
    }

    /// <summary>Draws records to pass on, of nodes that are likely to be there; none twice.</summary>
    /// <param name="most">The most records.</param>
    /// <param name="now">The time.</param>
    public List<byte[]> Sample(int most, TimeSpan now)
    {
        List<byte[]> drawn = [];
        HashSet<NodeId> nodes = [];
        BookEntry[] all = [.. _all];
        for (int i = 0; i < all.Length && drawn.Count < most; i++)
        {
            int other = i + Draw(all.Length - i);
            (all[i], all[other]) = (all[other], all[i]);
            if (all[i] is { Record: { } record } entry && !entry.IsPoor(now) && nodes.Add(record.Id))
            {
                drawn.Add(record.Bytes);
            }
        }

        return drawn;
    }

    private BookGroups.Group? DrawGroup() => _groups.Count == 0 ? null
        : _groups.TriedCount > 0 && Draw(2) == 0 ? _groups.TriedAt(Draw(_groups.TriedCount))
        : _groups.At(Draw(_groups.Count));

    private BookEntry DrawEntry(BookGroups.Group group)
    {
        bool isTried = group.Tried.Count > 0 && (group.Fresh.Count == 0 || Draw(2) == 0);
        List<BookEntry> members = isTried ? group.Tried : group.Fresh;
        return members[Draw(members.Count)];
    }

    private BookEntry? SelectInTurn(
        TimeSpan now, bool onlyNew, Predicate<string> isGroupTaken, Predicate<PeerAddress> isTaken)
    {
        int start = _groups.Count == 0 ? 0 : Draw(_groups.Count);
        for (int i = 0; i < _groups.Count; i++)
        {
            BookGroups.Group group = _groups.At(start + i);
            if (isGroupTaken(group.Name))
            {
                continue;
            }

            BookEntry? found = onlyNew ? null : group.Tried.Find(MayTake);
            found ??= group.Fresh.Find(MayTake);
            if (found is not null)
            {
                return found;
            }
        }

        return null;

        bool MayTake(BookEntry entry) => entry.MayTry(now) && !isTaken(entry.Address);
    }
}
