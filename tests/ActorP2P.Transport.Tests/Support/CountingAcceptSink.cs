using ActorP2P.Protocol;

namespace ActorP2P.Transport.Tests;

/// <summary>Counts the connections and the faults that a listener reports, and disposes the connections.</summary>
internal sealed class CountingAcceptSink : IAcceptSink
{
    private readonly Lock _lock = new();
    private readonly List<(int Count, TaskCompletionSource Source)> _waiters = [];
    private readonly List<TransportError> _errors = [];
    private readonly TaskCompletionSource _failed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _accepted = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<IReadOnlyList<PeerAddress>> _listening = new(
        TaskCreationOptions.RunContinuationsAsynchronously);
    private int _count;

    /// <summary>The addresses of the listener; fails with a <see cref="TransportException"/>.</summary>
    public Task<IReadOnlyList<PeerAddress>> Listening => _listening.Task;

    public Task Failed => _failed.Task;

    public Task Accepted => _accepted.Task;

    public List<TransportError> Errors
    {
        get
        {
            lock (_lock)
            {
                return [.. _errors];
            }
        }
    }

    public void OnListening(IReadOnlyList<PeerAddress> addresses) => _listening.SetResult(addresses);

    public void OnListenFailed(TransportError error) => _listening.SetException(new TransportException(error));

    public void OnAccepted(IConnection connection)
    {
        connection.Dispose();
        _accepted.TrySetResult();
        Count(null);
    }

    public void OnAcceptFailed(TransportError error)
    {
        _failed.TrySetResult();
        Count(error);
    }

    /// <summary>Completes when this number of accepts has ended, successfully or not.</summary>
    public Task Reached(int count)
    {
        lock (_lock)
        {
            var source = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _waiters.Add((count, source));
            Tell();
            return source.Task;
        }
    }

    private void Count(TransportError? error)
    {
        lock (_lock)
        {
            _count++;
            if (error is { } reason)
            {
                _errors.Add(reason);
            }

            Tell();
        }
    }

    private void Tell()
    {
        foreach ((int count, TaskCompletionSource source) in _waiters.Where(waiter => waiter.Count <= _count))
        {
            source.TrySetResult();
        }
    }
}
