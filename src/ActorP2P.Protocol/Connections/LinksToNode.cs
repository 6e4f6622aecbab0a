namespace ActorP2P.Protocol;

/// <summary>
/// The ready links to one node, and which of them is used. <see cref="DuplicateLinks"/> has the rules.
/// </summary>
/// <param name="isDecider">Whether this node closes the links that are not used.</param>
/// <param name="orders">Where its orders go.</param>
internal sealed class LinksToNode(bool isDecider, Queue<LinkOrder> orders)
{
    // A node that starts more often than this while links to its earlier starts are still open is at fault itself.
    private const int MostStarts = 8;

    // A timer that is later than this belongs to a process that was suspended. Answers that have arrived meanwhile are
    // read before the link counts as silent.
    private static readonly TimeSpan s_late = TimeSpan.FromMilliseconds(250);

    // In the order in which they became ready.
    private readonly List<ReadyLink> _links = [];
    private Queue<ulong>? _earlierStarts;
    private ReadyLink? _used;
    private TimeSpan? _silentAt;
    private bool _isPutOff;

    /// <summary>When <see cref="OnTimer"/> is next due; null when never.</summary>
    public TimeSpan? Deadline
    {
        get
        {
            TimeSpan? next = _silentAt;
            foreach (ReadyLink link in _links)
            {
                next = WaitTime.Earliest(next, link.CloseAt);
            }

            return next;
        }
    }

    public bool IsEmpty => _links.Count == 0;

    /// <summary>The number of the link that is used; null when there is none.</summary>
    public long? Used => _used?.Number;

    public void OnReady(TimeSpan now, ReadyLink link)
    {
        _links.Add(link);
        if (_used is null)
        {
            Use(link);
        }
        else if (link.Instance != _used.Instance)
        {
            TakeOtherStart(link);
        }
        else if (link.IsDialledByHigher && !_used.IsDialledByHigher
            && now - _used.ReadyAt < DuplicateLinks.Simultaneous)
        {
            Use(link);
            CloseOthers(now);
        }
        else
        {
            link.CloseAt = now + DuplicateLinks.LongestWait;
            Ping(now);
        }
    }

    public void OnGone(TimeSpan now, long number)
    {
        int index = _links.FindIndex(link => link.Number == number);
        if (index < 0)
        {
            return;
        }

        bool wasUsed = _links[index] == _used;
        _links.RemoveAt(index);
        if (wasUsed)
        {
            _used = null;
            _silentAt = null;
            UseNext(now);
        }
        else if (_links.Count == 1)
        {
            _silentAt = null;
        }
    }

    public void OnAnswered(TimeSpan now, long number)
    {
        if (_silentAt is not null && _used?.Number == number)
        {
            _silentAt = null;
            CloseOthers(now);
        }
    }

    public void OnTimer(TimeSpan now)
    {
        if (_silentAt <= now && !MayPutOff(now))
        {
            _used!.IsSilent = true;
            ReadyLink silent = _used;
            UseNext(now);
            CloseIfOther(now, silent);
        }

        foreach (ReadyLink link in _links.FindAll(link => link.CloseAt <= now))
        {
            Close(link);
        }
    }

    private bool MayPutOff(TimeSpan now)
    {
        TimeSpan late = now - _silentAt!.Value;
        if (_isPutOff || late < s_late)
        {
            return false;
        }

        _isPutOff = true;
        _silentAt = now + (late < DuplicateLinks.PingTimeout ? late : DuplicateLinks.PingTimeout);
        foreach (ReadyLink link in _links.FindAll(static link => link.CloseAt is not null))
        {
            TimeSpan later = _silentAt.Value + DuplicateLinks.Patience;
            link.CloseAt = link.CloseAt > later ? link.CloseAt : later;
        }

        return true;
    }

    // Links to the earlier start are dead, so that either side may close them.
    private void TakeOtherStart(ReadyLink link)
    {
        if (_earlierStarts?.Contains(link.Instance) == true)
        {
            Close(link);
            return;
        }

        _earlierStarts ??= new Queue<ulong>();
        _earlierStarts.Enqueue(_used!.Instance);
        if (_earlierStarts.Count > MostStarts)
        {
            _earlierStarts.Dequeue();
        }

        Use(link);
        foreach (ReadyLink earlier in _links.FindAll(other => other != link))
        {
            Close(earlier);
        }
    }

    /// <summary>
    /// Uses another link than before: the newest, because the others may have been lost together with the one before.
    /// As it may have been lost too, it is pinged before others are closed.
    /// </summary>
    private void UseNext(TimeSpan now)
    {
        List<ReadyLink> left = _links.FindAll(link => link != _used && !link.IsSilent);
        if ((left.LastOrDefault() ?? _used ?? _links.LastOrDefault()) is { } newest)
        {
            Use(newest);
            if (left.Count > 1)
            {
                // The choice is open again, so what was to be closed after the last one waits for this one.
                left.FindAll(link => link != newest).ForEach(link => link.CloseAt = now + DuplicateLinks.LongestWait);
                Ping(now);
            }
            else
            {
                CloseOthers(now);
            }
        }
    }

    private void Ping(TimeSpan now)
    {
        if (_silentAt is null)
        {
            _silentAt = now + DuplicateLinks.PingTimeout;
            _isPutOff = false;
            orders.Enqueue(new LinkOrder(LinkOrderKind.Ping, _used!.Number, _used.Number));
        }
    }

    private void Use(ReadyLink link)
    {
        _used = link;
        link.CloseAt = null;

        // A ping that waits was for the link before.
        _silentAt = null;
        orders.Enqueue(new LinkOrder(LinkOrderKind.Use, link.Number, link.Number));
    }

    private void CloseOthers(TimeSpan now)
    {
        foreach (ReadyLink other in _links.ToArray())
        {
            CloseIfOther(now, other);
        }
    }

    private void CloseIfOther(TimeSpan now, ReadyLink link)
    {
        if (link == _used || !_links.Contains(link))
        {
            return;
        }

        if (isDecider)
        {
            Close(link);
        }
        else
        {
            link.CloseAt = WaitTime.Earliest(link.CloseAt, now + DuplicateLinks.Patience);
        }
    }

    private void Close(ReadyLink link)
    {
        _links.Remove(link);
        orders.Enqueue(new LinkOrder(LinkOrderKind.Close, link.Number, _used!.Number));
    }
}
