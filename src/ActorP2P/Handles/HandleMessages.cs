using System.Diagnostics.CodeAnalysis;

namespace ActorP2P;

/// <summary>
/// The messages of all handles of one address that wait for a connection, and their deadlines. Any thread may use it.
/// </summary>
internal sealed class HandleMessages : IDisposable
{
    private readonly NodeContext _node;
    private readonly PeerAddress _address;
    private readonly Lock _lock = new();
    private readonly HandleQueue _queue = new();
    private readonly ITimer _timer;
    private TaskCompletionSource _woken = NewPromise();
    private TimeSpan? _armed;
    private string? _closedBy;

    /// <param name="node">The node.</param>
    /// <param name="address">The address that the messages are for.</param>
    public HandleMessages(NodeContext node, PeerAddress address)
    {
        _node = node;
        _address = address;
        _timer = node.TimeProvider.CreateTimer(
            _ => ExpireDue(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>How many messages of a handle wait.</summary>
    public int CountOf(PeerHandle owner)
    {
        lock (_lock)
        {
            return _queue.CountOf(owner);
        }
    }

    /// <summary>Adds a message at the end.</summary>
    public void Post(HandleEntry entry)
    {
        string? closedBy;
        bool isFull;
        lock (_lock)
        {
            closedBy = ClosedBy(entry.Owner);
            isFull = closedBy is null && !_queue.TryAdd(entry);
            Arm(entry.Deadline);
        }

        if (isFull)
        {
            entry.Refuse($"{entry.Owner.Options.Capacity} messages wait for a connection to {_address} already");
        }
        else
        {
            WakeOrClose(entry, closedBy);
        }
    }

    /// <summary>Adds a message at its former place, because a connection has not handled it to its end.</summary>
    public void Return(HandleEntry entry)
    {
        string? closedBy;
        lock (_lock)
        {
            closedBy = ClosedBy(entry.Owner);
            if (closedBy is null)
            {
                _queue.Return(entry);
                Arm(entry.Deadline);
            }
        }

        WakeOrClose(entry, closedBy);
    }

    /// <summary>Takes the first message.</summary>
    /// <param name="entry">The message; null when there is none.</param>
    /// <param name="woken">Completes at the next <see cref="Wake"/>.</param>
    public bool TryTake([NotNullWhen(true)] out HandleEntry? entry, out Task woken)
    {
        lock (_lock)
        {
            woken = _woken.Task;
            return _queue.TryTake(out entry);
        }
    }

    /// <summary>Removes a message that was cancelled.</summary>
    public void Forget(HandleEntry entry)
    {
        lock (_lock)
        {
            _queue.Remove(entry);
        }
    }

    /// <summary>Wakes whoever waits for a message.</summary>
    public void Wake()
    {
        TaskCompletionSource woken;
        lock (_lock)
        {
            woken = _woken;
            _woken = NewPromise();
        }

        woken.TrySetResult();
    }

    /// <summary>Ends the messages of a handle that was closed.</summary>
    public void CloseOf(PeerHandle owner)
    {
        IReadOnlyList<HandleEntry> left;
        lock (_lock)
        {
            left = _queue.TakeAll(entry => entry.Owner == owner);
        }

        Close(left, PeerHandle.ClosedDetail);
    }

    /// <summary>Ends all messages, and those to come.</summary>
    /// <param name="closedBy">Why, for people.</param>
    public void Close(string closedBy)
    {
        IReadOnlyList<HandleEntry> left;
        lock (_lock)
        {
            _closedBy ??= closedBy;
            left = _queue.TakeAll(static _ => true);
        }

        Dispose();
        Close(left, closedBy);
        Wake();
    }

    /// <inheritdoc/>
    public void Dispose() => _timer.Dispose();

    private static void Close(IReadOnlyList<HandleEntry> entries, string closedBy)
    {
        foreach (HandleEntry entry in entries)
        {
            entry.Close(closedBy);
        }
    }

    private static TaskCompletionSource NewPromise() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private string? ClosedBy(PeerHandle owner) => owner.IsClosed ? PeerHandle.ClosedDetail : _closedBy;

    private void WakeOrClose(HandleEntry entry, string? closedBy)
    {
        if (closedBy is null)
        {
            Wake();
        }
        else
        {
            entry.Close(closedBy);
        }
    }

    // Call it under the lock.
    private void Arm(TimeSpan? deadline)
    {
        if (deadline is { } due && _closedBy is null && (_armed is null || due < _armed))
        {
            _armed = due;
            _timer.Change(ActorTimer.Fitted(due - _node.Now), Timeout.InfiniteTimeSpan);
        }
    }

    private void ExpireDue()
    {
        IReadOnlyList<HandleEntry> expired;
        lock (_lock)
        {
            TimeSpan now = _node.Now;
            expired = _queue.TakeAll(entry => entry.Deadline <= now);
            _armed = null;
            Arm(_queue.NextDeadline);
        }

        foreach (HandleEntry entry in expired)
        {
            entry.Expire();
        }
    }
}
