using System.Diagnostics.CodeAnalysis;

namespace ActorP2P;

/// <summary>
/// Writes the node's changes to its store: outside of all actors, one write at a time, with everything that has
/// gathered meanwhile. A change that the store does not take is offered again after a growing pause, until the node
/// ends. Any thread may use it.
/// </summary>
/// <param name="store">The store.</param>
/// <param name="isOwn">Whether the node has opened the store and disposes it.</param>
/// <param name="node">The node.</param>
internal sealed class StoreWriter(IPeerStore store, bool isOwn, NodeContext node)
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(1);

    private readonly Lock _lock = new();
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private StoreBatch _waiting = new();
    private TimeSpan _pause = FirstPause;
    private ITimer? _retry;
    private ITimer? _endDue;
    private StoreBatch? _writing;
    private bool _isRunning;
    private bool _isPausing;
    private bool _isEnding;
    private bool _isOver;

    /// <summary>The store, to be read.</summary>
    public IPeerStore Store => store;

    /// <summary>Offers changes to the store. Call it in an actor's turn or in a work item of the node.</summary>
    /// <returns>
    /// Completes when the store has them. It fails with a <see cref="PeerStoreException"/> when the first attempt has
    /// failed; the changes may be stored later nevertheless.
    /// </returns>
    public Task WriteAsync(params IReadOnlyList<PeerStoreChange> changes)
    {
        TaskCompletionSource done = new(TaskCreationOptions.RunContinuationsAsynchronously);
        if (TryAdd(changes, done) is { } refusal)
        {
            done.TrySetException(refusal);
        }

        return done.Task;
    }

    /// <summary>Offers changes to the store, and waits for nothing. A failure is reported.</summary>
    public void Post(params IReadOnlyList<PeerStoreChange> changes)
    {
        if (TryAdd(changes, null) is { } refusal)
        {
            Report(refusal);
        }
    }

    /// <summary>
    /// Writes what waits, for at most <see cref="PeerStoreLimits.Timeout"/>, and disposes the store if it is the node's
    /// own. What fails is not tried again.
    /// </summary>
    public Task EndAsync()
    {
        bool isFirst;
        bool isIdle;
        lock (_lock)
        {
            isFirst = !_isEnding;
            _isEnding = true;
            isIdle = !_isRunning && _waiting.Count == 0;
        }

        if (isFirst && isIdle)
        {
            Finish();
        }
        else if (isFirst)
        {
            _endDue = node.TimeProvider.CreateTimer(
                static writer => ((StoreWriter)writer!).Finish(), this, PeerStoreLimits.Timeout,
                Timeout.InfiniteTimeSpan);
            Start(afterPause: true);
        }

        return _ended.Task;
    }

    private PeerStoreException? TryAdd(IReadOnlyList<PeerStoreChange> changes, TaskCompletionSource? done)
    {
        lock (_lock)
        {
            if (_isOver)
            {
                return new PeerStoreException(PeerStoreFault.Closed, "the node has stopped");
            }

            if (!_waiting.TryAdd(changes, done, _writing))
            {
                return new PeerStoreException(
                    PeerStoreFault.Full, $"{_waiting.Count} changes wait already for the store to take them");
            }
        }

        Start(afterPause: false);
        return null;
    }

    /// <summary>Begins to write, unless a write is in progress or a pause is not over.</summary>
    private void Start(bool afterPause)
    {
        lock (_lock)
        {
            _isPausing &= !afterPause;
            if (_isRunning || _isPausing || _isOver)
            {
                return;
            }

            _isRunning = true;
        }

        _ = Task.Factory.StartNew(
            RunAsync, CancellationToken.None, TaskCreationOptions.DenyChildAttach, node.Scheduler);
    }

    private async Task RunAsync()
    {
        while (Take() is { } batch)
        {
            PeerStoreException? failure = await TryWriteAsync(batch);
            Settle(batch, failure);
            if (failure is null)
            {
                continue;
            }

            Report(failure);

            // A store without room would never take it, and everything behind it would wait in vain.
            if (failure.Reason != PeerStoreFault.Full)
            {
                Pause(batch);
                return;
            }
        }
    }

    /// <summary>Takes what waits; null when there is nothing, and the writing is over.</summary>
    private StoreBatch? Take()
    {
        lock (_lock)
        {
            if (_waiting.Count > 0 && !_isOver)
            {
                _writing = _waiting;
                _waiting = new StoreBatch();
                return _writing;
            }

            _isRunning = false;
            if (!_isEnding)
            {
                return null;
            }
        }

        Finish();
        return null;
    }

    [SuppressMessage("Design", "CA1031", Justification = "Every exception of the store is a failure of the store.")]
    private async Task<PeerStoreException?> TryWriteAsync(StoreBatch batch)
    {
        using ITimer slow = node.TimeProvider.CreateTimer(
            late => TellSlow((StoreBatch)late!), batch, PeerStoreLimits.Timeout, Timeout.InfiniteTimeSpan);
        try
        {
            await store.WriteAsync(batch.Changes, CancellationToken.None);
            return null;
        }
        catch (PeerStoreException failure)
        {
            return failure;
        }
        catch (Exception failure)
        {
            return new PeerStoreException(PeerStoreFault.Unavailable, failure.Message, failure);
        }
    }

    /// <summary>
    /// A write takes long. The callers no longer wait, but the write goes on, and no other one begins before its end.
    /// </summary>
    private void TellSlow(StoreBatch batch)
    {
        PeerStoreException failure = new(
            PeerStoreFault.TimedOut, $"a write has not ended within {PeerStoreLimits.Timeout.TotalSeconds} s");
        lock (_lock)
        {
            batch.Fail(failure);
        }

        Report(failure);
    }

    private void Settle(StoreBatch batch, PeerStoreException? failure)
    {
        lock (_lock)
        {
            _writing = null;
            if (failure is null)
            {
                _pause = FirstPause;
                batch.Succeed();
            }
            else
            {
                batch.Fail(failure);
            }
        }
    }

    private void Pause(StoreBatch failed)
    {
        bool isEnding;
        lock (_lock)
        {
            _waiting.Return(failed);
            _isRunning = false;
            _isPausing = true;
            isEnding = _isEnding;
            if (!isEnding)
            {
                _retry?.Dispose();
                _retry = node.TimeProvider.CreateTimer(
                    static writer => ((StoreWriter)writer!).Start(afterPause: true), this, _pause,
                    Timeout.InfiniteTimeSpan);
                _pause = _pause * 2 < LongestPause ? _pause * 2 : LongestPause;
            }
        }

        if (isEnding)
        {
            Finish();
        }
    }

    private void Finish()
    {
        StoreBatch lost;
        lock (_lock)
        {
            if (_isOver)
            {
                return;
            }

            _isOver = true;
            lost = _waiting;
            _retry?.Dispose();
            _endDue?.Dispose();
        }

        lost.Fail(new PeerStoreException(PeerStoreFault.Closed, "the node has stopped"));
        if (lost.Count > 0)
        {
            Log.NotStored(node.Logger, lost.Count);
        }

        _ = DisposeStoreAsync();
    }

    [SuppressMessage("Design", "CA1031", Justification = "The node ends whatever the store does.")]
    private async Task DisposeStoreAsync()
    {
        if (isOwn)
        {
            using ITimer late = node.TimeProvider.CreateTimer(
                static ended => ((TaskCompletionSource)ended!).TrySetResult(), _ended, PeerStoreLimits.Timeout,
                Timeout.InfiniteTimeSpan);
            try
            {
                await store.DisposeAsync();
            }
            catch (Exception failure)
            {
                Log.StoreFailed(node.Logger, PeerStoreFault.Unavailable, failure.Message);
            }
        }

        _ended.TrySetResult();
    }

    private void Report(PeerStoreException failure)
    {
        Log.StoreFailed(node.Logger, failure.Reason, failure.Message);
        node.Manager.Tell(
            new ManagerMessages.Happened(new StoreFailed(failure.Reason, failure.Message)), ActorRefs.NoSender);
    }
}
