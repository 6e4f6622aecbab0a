using ActorP2P.Protocol;

namespace ActorP2P;

/// <summary>
/// Charges penalty points, bans who has too many of them and whom the program names, and closes what a ban concerns. It
/// keeps the bans in the node's store. It is a part of the ManagerActor and used in its turns only; others read
/// <see cref="NodeContext.Bans"/>.
/// </summary>
internal sealed class BanKeeper
{
    private readonly NodeContext _node;
    private readonly LinkTable _links;
    private readonly Action<NodeEvent> _publish;
    private readonly PenaltyBook _penalties = new();
    private readonly BanBook _book = new();
    private readonly ActorTimer _due;

    /// <summary>Takes over the bans that the store had.</summary>
    /// <param name="node">The node.</param>
    /// <param name="links">The connections.</param>
    /// <param name="manager">The manager, whose part this is.</param>
    /// <param name="publish">Publishes an event.</param>
    public BanKeeper(NodeContext node, LinkTable links, IActorRef manager, Action<NodeEvent> publish)
    {
        _node = node;
        _links = links;
        _publish = publish;
        _due = new ActorTimer(node.TimeProvider, manager, ManagerMessages.BansDue.Instance);
    }

    private BanList Bans => _book.Bans;

    /// <summary>Restores the stored bans. Call it before anybody can connect.</summary>
    public void Start()
    {
        if (_node.Stored.Fault is { } fault)
        {
            Log.StoreNotRead(_node.Logger, fault.Reason, fault.Message);
            _publish(new StoreFailed(fault.Reason, fault.Message));
        }

        DateTimeOffset utcNow = _node.TimeProvider.GetUtcNow();
        int unreadable = 0;
        foreach (PeerStoreEntry entry in _node.Stored[StoreTables.Bans])
        {
            Ban? ban = BanRecord.Read(entry.Key, entry.Value.Span);
            unreadable += ban is null ? 1 : 0;
            TimeSpan remaining = ban?.RemainingAt(utcNow) ?? TimeSpan.Zero;
            if (remaining == TimeSpan.Zero)
            {
                _node.Store?.Post(PeerStoreChange.Remove(StoreTables.Bans, entry.Key));
            }
            else
            {
                _book.Add(_node.Now, ban!, remaining, out _);
            }
        }

        if (Bans.Count + unreadable > 0)
        {
            Log.BansRestored(_node.Logger, Bans.Count, unreadable);
        }

        Show();
    }

    /// <summary>Ends with the manager.</summary>
    public void Stop() => _due.Stop();

    /// <summary>The reason to refuse a connection; null when no ban concerns it.</summary>
    /// <param name="address">The remote address.</param>
    /// <param name="target">The address that was dialled; null when the peer dialled.</param>
    public Disconnect? RefusalOf(PeerAddress address, PeerAddress? target) =>
        Bans.Of(_node.Now, address, _node.Persistent.Has(target, target?.Id)) is { } ban ? EndOf(ban) : null;

    /// <summary>Closes a connection that a ban concerns, if one does.</summary>
    public void CloseBanned(Link link)
    {
        if (!link.IsEnding && !link.IsRefused && BanOf(link) is { } ban)
        {
            Close(link, ban);
        }
    }

    /// <summary>Charges points to a peer: to its address, and to its id if it has proven one.</summary>
    /// <returns>Whether it must be disconnected.</returns>
    public bool Charge(Link link, int points, string detail)
    {
        if (points == 0)
        {
            return false;
        }

        Log.Penalised(_node.Logger, link.Address, points, detail);
        _publish(new PeerPenalised(link.Address, points, detail));
        BanTarget address = BanTarget.Of(link.Address, out bool isLoopback);
        NodeId? proven = link.Connection.RemoteId;
        bool isAddressOver = _penalties.Charge(_node.Now, address, points);
        bool isNodeOver = proven is { } node && _penalties.Charge(_node.Now, BanTarget.From(node), points);
        if (!isLoopback && !_node.Persistent.Has(link.Target, proven))
        {
            if (isAddressOver)
            {
                BanFor(address, detail, link);
            }

            if (isNodeOver)
            {
                BanFor(BanTarget.From(proven!.Value), detail, link);
            }
        }

        return isAddressOver || isNodeOver;
    }

    /// <summary>Handles the messages that concern bans.</summary>
    public void Take(ManagerMessages.OfBans message)
    {
        switch (message)
        {
            case ManagerMessages.SetBan set:
                Take(set);
                break;
            case ManagerMessages.LiftBan lift:
                Take(lift);
                break;
            default:
                EndDue();
                break;
        }
    }

    private static Disconnect EndOf(Ban ban) => new(DisconnectReason.Banned, DisconnectSide.Local, DetailOf(ban));

    // The peer reads it, and a reason of the program is not meant for the peer.
    private static string DetailOf(Ban ban) => ban.Target.Node is { } node ? node.ToShortString() : $"{ban.Target}";

    private void Take(ManagerMessages.SetBan set)
    {
        if (_book.Add(_node.Now, set.Ban, set.Ban.Duration, out Ban? displaced) == BanOutcome.Full)
        {
            set.Done.TrySetException(new InvalidOperationException(
                $"The program has banned {BanBook.Capacity} nodes and networks; allowed: no more."));
            return;
        }

        PeerStoreChange[] changes = TakeAdded(set.Ban, displaced, culprit: null);
        set.Done.TrySetResult(_node.Store?.WriteAsync(changes) ?? Task.CompletedTask);
    }

    private void Take(ManagerMessages.LiftBan lift)
    {
        bool isBanned = Bans.EntryOf(lift.Target) is { } entry && _node.Now < entry.Until;
        Task stored = Task.CompletedTask;
        if (_book.Lift(lift.Target) is { } ban)
        {
            TellEnded(ban, hasExpired: !isBanned);
            Show();
            stored = _node.Store?.WriteAsync(Removal(ban)) ?? Task.CompletedTask;
        }

        lift.Done.TrySetResult(new BanLifting(isBanned, stored));
    }

    private void BanFor(BanTarget target, string detail, Link culprit)
    {
        Ban ban = new(target, Clock(_node.TimeProvider), BanBook.TimeFor(target),
            PrintableText.Of(detail, Ban.MaxReason), BanOrigin.Penalty);
        if (_book.Add(_node.Now, ban, ban.Duration, out Ban? displaced) == BanOutcome.Set)
        {
            PeerStoreChange[] changes = TakeAdded(ban, displaced, culprit);
            _node.Store?.Post(changes);
        }
    }

    /// <summary>The time in whole milliseconds, as the store keeps it.</summary>
    internal static DateTimeOffset Clock(TimeProvider time) =>
        DateTimeOffset.FromUnixTimeMilliseconds(time.GetUtcNow().ToUnixTimeMilliseconds());

    /// <summary>A ban holds: it is published, and what it concerns is closed.</summary>
    /// <param name="ban">The ban.</param>
    /// <param name="displaced">The ban that made room for it; null when none had to.</param>
    /// <param name="culprit">The link whose peer has caused it, which is closed for that; null: none.</param>
    /// <returns>What must be stored.</returns>
    private PeerStoreChange[] TakeAdded(Ban ban, Ban? displaced, Link? culprit)
    {
        Log.Banned(_node.Logger, ban.Target, ban.Until, ban.Reason.Length > 0 ? ban.Reason : "no reason was given");
        Show();
        _publish(new PeerBanned(ban));
        foreach (Link link in _links.All.Where(link => link != culprit))
        {
            CloseBanned(link);
        }

        PeerStoreChange added = PeerStoreChange.Set(StoreTables.Bans, $"{ban.Target}", BanRecord.Write(ban));
        if (displaced is null)
        {
            return [added];
        }

        TellEnded(displaced, hasExpired: false);
        return [added, Removal(displaced)];
    }

    private static PeerStoreChange Removal(Ban ban) => PeerStoreChange.Remove(StoreTables.Bans, $"{ban.Target}");

    private void EndDue()
    {
        List<PeerStoreChange> removals = [];
        while (_book.TakeEnded(_node.Now) is { } ended)
        {
            TellEnded(ended, hasExpired: true);
            removals.Add(Removal(ended));
        }

        if (removals.Count > 0)
        {
            _node.Store?.Post(removals);
        }

        Show();
    }

    private void TellEnded(Ban ban, bool hasExpired)
    {
        Log.BanEnded(_node.Logger, ban.Target, hasExpired ? "has expired" : "was lifted");
        _publish(new BanLifted(ban, hasExpired));
    }

    /// <summary>Shows others the bans, and wakes the manager when the next one ends.</summary>
    private void Show()
    {
        _node.Bans = Bans;
        if (Bans.First is { } next)
        {
            _due.Start(next.Until - _node.Now);
        }
    }

    private Ban? BanOf(Link link)
    {
        NodeId? proven = link.Peer?.Id;
        bool isPersistent = _node.Persistent.Has(link.Target, proven);
        return Bans.Of(_node.Now, link.Address, isPersistent)
            ?? (proven is { } node ? Bans.Of(_node.Now, node, isPersistent) : null);
    }

    private static void Close(Link link, Ban ban) =>
        link.Actor.Tell(new PeerMessages.End(DisconnectReason.Banned, DetailOf(ban), IsFault: true));
}
