using System.Text;

namespace ActorP2P.Protocol;

/// <summary>
/// Chooses the inbound peer that makes room for a newcomer, by Bitcoin Core's rules: peers are protected by qualities
/// that an attacker can hardly fake for many connections at once, and of the rest the youngest of the largest address
/// group goes.
/// </summary>
internal static class Eviction
{
    // Bitcoin Core's numbers: 4 groups, 8 round trips, and 4 peers each that brought transactions and blocks last.
    private const int ByGroup = 4;
    private const int ByRoundTrip = 8;
    private const int ByUse = 8;

    /// <summary>Chooses a peer.</summary>
    /// <param name="peers">The inbound peers that may be chosen.</param>
    /// <param name="newcomer">The address group of the newcomer.</param>
    /// <param name="salt">A secret of this node: nobody else knows which groups it protects.</param>
    /// <returns>
    /// The number of the peer's link; null when all are protected, or when no group has more unprotected peers than the
    /// newcomer's, so that a crowd from one group replaces nobody but itself.
    /// </returns>
    public static long? Choose(IReadOnlyList<InboundPeer> peers, string newcomer, ulong salt)
    {
        ArgumentNullException.ThrowIfNull(peers);
        List<InboundPeer> left = [.. peers];
        ProtectGroups(left, salt);
        Protect(left, ByRoundTrip, static peer => peer.LeastRoundTrip is not null,
            static (a, b) => Nullable.Compare(a.LeastRoundTrip, b.LeastRoundTrip));
        Protect(left, ByUse, static peer => peer.UsefulAt is not null,
            static (a, b) => Nullable.Compare(b.UsefulAt, a.UsefulAt));
        Protect(left, left.Count / 2, static _ => true, static (a, b) => a.ReadyAt.CompareTo(b.ReadyAt));
        if (left.Count == 0)
        {
            return null;
        }

        // Of groups of the same size, the one whose youngest peer is the youngest of all.
        IGrouping<string, InboundPeer> largest = left.OrderByDescending(static peer => peer.ReadyAt)
            .ThenByDescending(static peer => peer.Link).GroupBy(static peer => peer.Group)
            .MaxBy(static group => group.Count())!;
        return largest.Count() > left.Count(peer => peer.Group == newcomer) ? largest.First().Link : null;
    }

    /// <summary>One peer of each of some groups, those with the highest keyed hashes.</summary>
    private static void ProtectGroups(List<InboundPeer> left, ulong salt)
    {
        foreach (InboundPeer first in left.OrderBy(static peer => peer.ReadyAt).ThenBy(static peer => peer.Link)
            .DistinctBy(static peer => peer.Group).OrderByDescending(peer => Hash(peer.Group, salt)).Take(ByGroup)
            .ToArray())
        {
            left.Remove(first);
        }
    }

    private static void Protect(
        List<InboundPeer> left, int count, Func<InboundPeer, bool> condition, Comparison<InboundPeer> better)
    {
        List<InboundPeer> best = [.. left.Where(condition)];
        best.Sort((a, b) => better(a, b) is not 0 and var order ? order : a.Link.CompareTo(b.Link));
        foreach (InboundPeer peer in best.Take(count))
        {
            left.Remove(peer);
        }
    }

    private static ulong Hash(string group, ulong salt)
    {
        ulong hash = salt;
        foreach (byte part in Encoding.UTF8.GetBytes(group))
        {
            hash = SplitMix64.Mix(hash ^ part);
        }

        return hash;
    }
}
