namespace ActorP2P.Protocol;

/// <summary>How many nodes of each group of addresses a table or a lookup has taken.</summary>
/// <param name="most">The most of one group.</param>
internal sealed class GroupCounts(int most)
{
    private readonly Dictionary<string, int> _counts = new(StringComparer.Ordinal);

    /// <summary>Whether a node of these groups may be added.</summary>
    public bool HasRoom(IReadOnlyList<string> groups)
    {
        foreach (string group in groups)
        {
            if (_counts.GetValueOrDefault(group) >= most)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Counts a node.</summary>
    public void Add(IReadOnlyList<string> groups)
    {
        foreach (string group in groups)
        {
            _counts[group] = _counts.GetValueOrDefault(group) + 1;
        }
    }

    /// <summary>A node that was counted is gone.</summary>
    public void Remove(IReadOnlyList<string> groups)
    {
        foreach (string group in groups)
        {
            int left = _counts.GetValueOrDefault(group) - 1;
            if (left > 0)
            {
                _counts[group] = left;
            }
            else
            {
                _counts.Remove(group);
            }
        }
    }
}
