namespace ActorP2P;

/// <summary>
/// The life of a node that an actor owns, from before its start to after its goodbye. The node of the next actor in the
/// same place begins after it, since it may have the same name and the same port.
/// </summary>
/// <param name="before">The end of the life before.</param>
internal sealed class NodeLife(Task before)
{
    private readonly Lock _lock = new();
    private readonly TaskCompletionSource _over = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private P2PNode? _node;
    private bool _isStopped;

    /// <summary>Completes when the node may start.</summary>
    public Task Before { get; } = before;

    /// <summary>Completes when it is over.</summary>
    public Task Over => _over.Task;

    /// <summary>The node has started. If its owner has stopped meanwhile, so does the node.</summary>
    public void Begin(P2PNode node)
    {
        bool isStopped;
        lock (_lock)
        {
            _node = node;
            isStopped = _isStopped;
        }

        if (isStopped)
        {
            _ = EndAsync(node);
        }
    }

    /// <summary>The owner has stopped: the node says goodbye, at once or when it has started.</summary>
    public void Stop()
    {
        P2PNode? node;
        lock (_lock)
        {
            _isStopped = true;
            node = _node;
        }

        if (node is not null)
        {
            _ = EndAsync(node);
        }
    }

    /// <summary>There is no node, or none any more.</summary>
    public void End() => _over.TrySetResult();

    private async Task EndAsync(P2PNode node)
    {
        await node.DisposeAsync();
        End();
    }
}
