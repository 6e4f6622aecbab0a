using System.Net;

namespace ActorP2P.Protocol;

/// <summary>
/// Penalty points by address, and bans with an end. Points belong to the address, so that a peer does not
/// lose them by connecting again. An IPv4 address counts by itself; an IPv6 address counts as its /64,
/// which is what one subscriber holds. A loopback address is never banned: everything there is our own.
/// </summary>
internal sealed class PenaltyBook
{
    /// <summary>Points at which a peer is disconnected and its address banned.</summary>
    public const int BanAt = 100;

    /// <summary>
    /// Points forgiven in an hour. A peer may have one broadcast rejected every hour and never be banned.
    /// </summary>
    public const int DecayPerHour = 10;

    /// <summary>
    /// Addresses kept, many times the connections that a node accepts. When the book is full, the stalest entries are
    /// removed.
    /// </summary>
    public const int Capacity = 4096;

    /// <summary>How long an address stays banned: short, since many may share it behind a NAT.</summary>
    public static readonly TimeSpan BanTime = TimeSpan.FromMinutes(10);

    private readonly Dictionary<string, Entry> _entries = [];

    /// <summary>Addresses that have points or a ban.</summary>
    public int Count => _entries.Count;

    /// <summary>Charges points to an address.</summary>
    /// <returns>Whether the address has now reached <see cref="BanAt"/>.</returns>
    public bool Charge(TimeSpan now, PeerAddress address, int points)
    {
        ArgumentNullException.ThrowIfNull(address);
        string group = GroupOf(address.Host, out bool loopback);
        if (!_entries.TryGetValue(group, out Entry? entry))
        {
            MakeRoom(now);
            _entries[group] = entry = new Entry();
        }

        entry.Forgive(now);
        entry.Points += points;
        entry.ChargedAt = now;
        if (entry.Points < BanAt)
        {
            return false;
        }

        entry.Points = 0;
        entry.BannedUntil = loopback ? null : now + BanTime;
        return true;
    }

    /// <summary>Whether an address is banned.</summary>
    public bool IsBanned(TimeSpan now, PeerAddress address)
    {
        ArgumentNullException.ThrowIfNull(address);
        return _entries.TryGetValue(GroupOf(address.Host, out _), out Entry? entry) && now < entry.BannedUntil;
    }

    private void MakeRoom(TimeSpan now)
    {
        if (_entries.Count < Capacity)
        {
            return;
        }

        // Addresses under a ban are removed last. A ban that is over no longer protects its entry. An eighth of the
        // book is removed at a time, so that a flood of new addresses does not search the whole book for each of them.
        List<string> stalest = [.. _entries
            .OrderBy(pair => now < pair.Value.BannedUntil ? pair.Value.BannedUntil : TimeSpan.Zero)
            .ThenBy(pair => pair.Value.ChargedAt)
            .Take(Capacity / 8)
            .Select(pair => pair.Key)];
        stalest.ForEach(group => _entries.Remove(group));
    }

    private static string GroupOf(string host, out bool loopback)
    {
        loopback = host.Equals("localhost", StringComparison.OrdinalIgnoreCase);
        if (!IPAddress.TryParse(host, out IPAddress? address))
        {
            return host;
        }

        // An IPv4 address mapped into IPv6 counts as IPv4. As IPv6 addresses, all of them would share one /64.
        address = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        loopback = IPAddress.IsLoopback(address);
        byte[] bytes = address.GetAddressBytes();
        if (bytes.Length == 4)
        {
            return address.ToString();
        }

        bytes.AsSpan(8).Clear();
        return new IPAddress(bytes).ToString();
    }

    private sealed class Entry
    {
        private static readonly TimeSpan PointTime = TimeSpan.FromHours(1) / DecayPerHour;
        private TimeSpan _forgivenAt;

        public int Points;
        public TimeSpan ChargedAt;
        public TimeSpan? BannedUntil;

        /// <summary>
        /// Forgives whole points only. If it forgave fractions, ten charges of ten points within a millisecond would
        /// stay below a hundred.
        /// </summary>
        public void Forgive(TimeSpan now)
        {
            long due = (long)((now - _forgivenAt) / PointTime);
            Points = (int)Math.Max(0, Points - due);
            _forgivenAt = Points == 0 ? now : _forgivenAt + (due * PointTime);
        }
    }
}
