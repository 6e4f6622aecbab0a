namespace ActorP2P.Protocol;

/// <summary>
/// Penalty points of addresses and of proven ids. Points belong to them and not to a connection, so that a peer does not
/// lose them by connecting again. An IPv4 address counts by itself; an IPv6 address counts as its /64, which is what one
/// subscriber holds. What each fault costs is in <see cref="ReasonTable"/>.
/// </summary>
internal sealed class PenaltyBook
{
    /// <summary>Points at which a peer is disconnected and banned.</summary>
    public const int BanAt = 100;

    /// <summary>
    /// Points forgiven in an hour. A peer may have one broadcast rejected every hour and never be banned.
    /// </summary>
    public const int DecayPerHour = 10;

    /// <summary>
    /// Accounts kept, many times the connections that a node accepts. When the book is full, the stalest are removed.
    /// </summary>
    public const int Capacity = 4096;

    private readonly Dictionary<BanTarget, Account> _accounts = [];
    private long _charges;

    /// <summary>Addresses and ids that have points.</summary>
    public int Count => _accounts.Count;

    /// <summary>Charges points to an address or an id.</summary>
    /// <returns>Whether it has now reached <see cref="BanAt"/>; its points are then used up.</returns>
    public bool Charge(TimeSpan now, BanTarget target, int points)
    {
        ArgumentNullException.ThrowIfNull(target);
        if (!_accounts.TryGetValue(target, out Account? account))
        {
            MakeRoom();
            _accounts[target] = account = new Account();
        }

        account.Forgive(now);
        account.Points += points;
        account.LastCharge = ++_charges;
        if (account.Points < BanAt)
        {
            return false;
        }

        _accounts.Remove(target);
        return true;
    }

    private void MakeRoom()
    {
        if (_accounts.Count < Capacity)
        {
            return;
        }

        // An eighth of the book is removed at a time, so that a flood of new addresses does not search the whole book
        // for each of them.
        List<BanTarget> stalest = [.. _accounts
            .OrderBy(static pair => pair.Value.LastCharge)
            .Take(Capacity / 8)
            .Select(static pair => pair.Key)];
        stalest.ForEach(target => _accounts.Remove(target));
    }

    private sealed class Account
    {
        private static readonly TimeSpan PointTime = TimeSpan.FromHours(1) / DecayPerHour;
        private TimeSpan _forgivenAt;

        public int Points;
        public long LastCharge;

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
