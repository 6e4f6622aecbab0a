using ActorP2P.Protocol;

namespace ActorP2P;

/// <summary>
/// Looks for the providers of a service, and keeps those that are found until they are read. A lookup asks a limited
/// number of nodes, each of which names a limited number of providers, so it keeps no more than that.
/// </summary>
/// <param name="networkId">The network.</param>
/// <param name="service">The name of the service.</param>
internal sealed class ProvidersJob(string networkId, string service) : DhtJob(DhtKey.OfService(networkId, service))
{
    private readonly Lock _lock = new();
    private readonly HashSet<NodeId> _known = [];
    private readonly Queue<NodeRecord> _unread = new();
    private TaskCompletionSource _woken = NewPromise();
    private Exception? _failure;
    private bool _isOver;

    /// <inheritdoc/>
    public override bool IsForProviders => true;

    /// <inheritdoc/>
    public override void Take(IReadOnlyList<DhtContact> providers)
    {
        lock (_lock)
        {
            foreach (DhtContact provider in providers)
            {
                if (_known.Add(provider.Id))
                {
                    _unread.Enqueue(provider.Record);
                }
            }
        }

        Wake();
    }

    /// <inheritdoc/>
    public override void Finish(Lookup lookup) => End(FailureOf(lookup.End));

    /// <inheritdoc/>
    public override void Fail(Exception failure) => End(failure);

    /// <summary>The next provider; null at the end.</summary>
    public async Task<NodeRecord?> NextAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            Task woken;
            lock (_lock)
            {
                if (_unread.TryDequeue(out NodeRecord? next))
                {
                    return next;
                }

                if (_isOver)
                {
                    return _failure is null ? null : throw _failure;
                }

                woken = _woken.Task;
            }

            await woken.OrCancelled(cancellationToken).ToldHere();
        }
    }

    private static TaskCompletionSource NewPromise() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private void End(Exception? failure)
    {
        lock (_lock)
        {
            (_failure, _isOver) = (failure, true);
        }

        Wake();
    }

    private void Wake()
    {
        TaskCompletionSource woken;
        lock (_lock)
        {
            woken = _woken;
            _woken = NewPromise();
        }

        woken.TrySetResult();
    }
}
