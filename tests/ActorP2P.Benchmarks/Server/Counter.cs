namespace ActorP2P.Benchmarks;

/// <summary>
/// Counts what has arrived, and informs one waiter when a number is reached. Only one thread at a time adds to it.
/// </summary>
internal sealed class Counter
{
    private readonly Lock _lock = new();
    private TaskCompletionSource? _reached;
    private long _count;
    private long _target = long.MaxValue;

    /// <summary>What has been counted since the start or the last reset.</summary>
    public long Count => Interlocked.Read(ref _count);

    public void Add(long amount)
    {
        // Only the receiving thread writes the count. The memory barrier makes the new count visible before the target
        // is read.
        Interlocked.Add(ref _count, amount);
        if (_count >= Volatile.Read(ref _target))
        {
            Tell();
        }
    }

    public void Reset()
    {
        lock (_lock)
        {
            _target = long.MaxValue;
            Interlocked.Exchange(ref _count, 0);
        }
    }

    public Task ReachAsync(long target)
    {
        lock (_lock)
        {
            _reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            Interlocked.Exchange(ref _target, target);
            if (Interlocked.Read(ref _count) >= target)
            {
                _reached.TrySetResult();
            }

            return _reached.Task;
        }
    }

    private void Tell()
    {
        lock (_lock)
        {
            _reached?.TrySetResult();
        }
    }
}
