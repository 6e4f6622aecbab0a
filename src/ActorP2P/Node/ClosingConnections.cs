namespace ActorP2P;

/// <summary>
/// The callers who wait for the end of connections that the application has closed. Callers add themselves; the
/// ManagerActor completes them.
/// </summary>
internal sealed class ClosingConnections
{
    private readonly Lock _lock = new();
    private readonly Dictionary<Peer, TaskCompletionSource> _waiting = [];
    private bool _isOver;

    /// <summary>Completes when the connection or the node has ended.</summary>
    public Task WaitAsync(Peer peer)
    {
        lock (_lock)
        {
            if (_isOver)
            {
                return Task.CompletedTask;
            }

            if (!_waiting.TryGetValue(peer, out TaskCompletionSource? promise))
            {
                promise = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                _waiting.Add(peer, promise);
            }

            return promise.Task;
        }
    }

    /// <summary>The connection has ended, or never existed.</summary>
    public void End(Peer peer)
    {
        TaskCompletionSource? promise;
        lock (_lock)
        {
            _waiting.Remove(peer, out promise);
        }

        promise?.TrySetResult();
    }

    /// <summary>The node has ended, and all its connections with it.</summary>
    public void EndAll()
    {
        TaskCompletionSource[] all;
        lock (_lock)
        {
            _isOver = true;
            all = [.. _waiting.Values];
            _waiting.Clear();
        }

        foreach (TaskCompletionSource promise in all)
        {
            promise.TrySetResult();
        }
    }
}
