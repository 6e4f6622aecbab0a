using ActorP2P.Protocol;

namespace ActorP2P;

/// <summary>Looks for the nodes closest to the key of a service that this node offers, to tell them so.</summary>
/// <param name="networkId">The network.</param>
/// <param name="service">The name of the service.</param>
internal sealed class PublishJob(string networkId, string service) : DhtJob(DhtKey.OfService(networkId, service))
{
    private readonly TaskCompletionSource<int> _told = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>The name of the service.</summary>
    public string Service => service;

    /// <summary>How many nodes keep the record.</summary>
    public Task<int> Told => _told.Task;

    /// <summary>Called in the actor's turn with the nodes to tell.</summary>
    public required Action<PublishJob, IReadOnlyList<DhtContact>> Tell { get; init; }

    /// <inheritdoc/>
    public override void Finish(Lookup lookup) => Tell(this, lookup.Closest);

    /// <summary>All have answered.</summary>
    /// <param name="kept">How many keep the record.</param>
    public void Complete(int kept) => _told.TrySetResult(kept);

    /// <inheritdoc/>
    public override void Fail(Exception failure)
    {
        _told.TrySetException(failure);

        // When the node says again that it offers a service, nobody waits.
        _ = _told.Task.Exception;
    }
}
