using ActorP2P.Protocol;

namespace ActorP2P;

/// <summary>Looks for a node.</summary>
/// <param name="id">The node.</param>
/// <param name="progress">Is told of the progress; null: nobody is.</param>
internal sealed class FindJob(NodeId id, ProgressTeller? progress) : DhtJob(DhtKey.Of(id))
{
    private readonly TaskCompletionSource<NodeRecord?> _found = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>The record of the node; null when it was not found.</summary>
    public Task<NodeRecord?> Found => _found.Task;

    /// <inheritdoc/>
    public override NodeId? Wanted => id;

    /// <inheritdoc/>
    public override void Advance(Lookup lookup) => progress?.Tell(new DhtProgress(
        lookup.Queries, lookup.Answers, lookup.Failures, lookup.Open, lookup.ClosestBits, lookup.Hops));

    /// <inheritdoc/>
    public override void Finish(Lookup lookup)
    {
        if (lookup.Found is { } found)
        {
            _found.TrySetResult(found.Record);
        }
        else if (FailureOf(lookup.End) is { } failure)
        {
            _found.TrySetException(failure);
        }
        else
        {
            _found.TrySetResult(null);
        }
    }

    /// <inheritdoc/>
    public override void Fail(Exception failure) => _found.TrySetException(failure);
}
