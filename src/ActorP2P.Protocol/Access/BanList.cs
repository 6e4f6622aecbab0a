using System.Collections.Immutable;
using System.Net;

namespace ActorP2P.Protocol;

/// <summary>
/// Bans at one moment; any thread may search them. A ban that is over concerns nobody, whether or not it has been
/// removed. To find out whether an address is banned takes one look for each length of prefix in use.
/// </summary>
internal sealed class BanList
{
    private readonly ImmutableDictionary<BanTarget, BanEntry> _entries;
    private readonly ImmutableSortedSet<BanEntry> _ends;
    private readonly ImmutableSortedDictionary<int, int> _prefixes;

    private BanList(
        ImmutableDictionary<BanTarget, BanEntry> entries, ImmutableSortedSet<BanEntry> ends,
        ImmutableSortedDictionary<int, int> prefixes)
    {
        _entries = entries;
        _ends = ends;
        _prefixes = prefixes;
    }

    /// <summary>No bans.</summary>
    public static BanList Empty { get; } = new(
        ImmutableDictionary<BanTarget, BanEntry>.Empty, [], ImmutableSortedDictionary<int, int>.Empty);

    /// <summary>The bans, those that are over and not removed too.</summary>
    public int Count => _entries.Count;

    /// <summary>All of them in the order of their ends.</summary>
    public IEnumerable<BanEntry> All => _ends;

    /// <summary>The next to end; null when there is none.</summary>
    public BanEntry? First => _ends.IsEmpty ? null : _ends.Min;

    /// <summary>The entry of exactly this target, over or not; null when there is none.</summary>
    public BanEntry? EntryOf(BanTarget target) => _entries.GetValueOrDefault(target);

    /// <summary>The ban of a node; null when it is not banned.</summary>
    /// <param name="now">The node's time.</param>
    /// <param name="node">The proven id.</param>
    /// <param name="isPersistent">Whether it is a peer that is kept connected: penalties do not ban it.</param>
    public Ban? Of(TimeSpan now, NodeId node, bool isPersistent = false) =>
        _entries.IsEmpty ? null : BanOf(now, BanTarget.From(node), isPersistent);

    /// <summary>The ban of an address; null when it is not banned. This computer's own addresses never are.</summary>
    /// <param name="now">The node's time.</param>
    /// <param name="address">The address. Its id and its port have no effect.</param>
    /// <param name="isPersistent">Whether it is a peer that is kept connected: penalties do not ban it.</param>
    public Ban? Of(TimeSpan now, PeerAddress address, bool isPersistent = false)
    {
        if (_entries.IsEmpty)
        {
            return null;
        }

        BanTarget own = BanTarget.Of(address, out bool isLoopback);
        if (isLoopback || own.Host is not null)
        {
            return isLoopback ? null : BanOf(now, own, isPersistent);
        }

        IPAddress ip = BanTarget.AddressOf(address)!;
        bool isV6 = ip.GetAddressBytes().Length > 4;
        foreach (int prefix in _prefixes.Keys)
        {
            if (IsOfV6(prefix) == isV6
                && BanOf(now, BanTarget.Of(ip, LengthOf(prefix)), isPersistent) is { } found)
            {
                return found;
            }
        }

        return null;
    }

    /// <summary>The same bans and one more, in place of an earlier one of the same target.</summary>
    public BanList With(BanEntry entry)
    {
        BanList without = Without(entry.Ban.Target);
        ImmutableSortedDictionary<int, int> prefixes = without._prefixes;
        return new BanList(
            without._entries.Add(entry.Ban.Target, entry),
            without._ends.Add(entry),
            PrefixOf(entry.Ban.Target) is { } prefix
                ? prefixes.SetItem(prefix, prefixes.GetValueOrDefault(prefix) + 1)
                : prefixes);
    }

    /// <summary>The same bans without that of a target.</summary>
    public BanList Without(BanTarget target)
    {
        if (!_entries.TryGetValue(target, out BanEntry? entry))
        {
            return this;
        }

        ImmutableSortedDictionary<int, int> prefixes = _prefixes;
        if (PrefixOf(target) is { } prefix)
        {
            prefixes = prefixes[prefix] == 1 ? prefixes.Remove(prefix) : prefixes.SetItem(prefix, prefixes[prefix] - 1);
        }

        return new BanList(_entries.Remove(target), _ends.Remove(entry), prefixes);
    }

    private Ban? BanOf(TimeSpan now, BanTarget target, bool isPersistent) =>
        _entries.TryGetValue(target, out BanEntry? entry) && now < entry.Until
            && !(isPersistent && entry.Ban.Origin == BanOrigin.Penalty) ? entry.Ban : null;

    // A key for the length of a network's prefix: that of IPv6 is negative, less one because a length may be 0.
    private static int? PrefixOf(BanTarget target) => target.Network is not { } network ? null
        : network.BaseAddress.GetAddressBytes().Length > 4 ? -1 - network.PrefixLength : network.PrefixLength;

    private static bool IsOfV6(int prefix) => prefix < 0;

    private static int LengthOf(int prefix) => prefix < 0 ? -1 - prefix : prefix;
}
