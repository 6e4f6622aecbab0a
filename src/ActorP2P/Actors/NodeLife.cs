namespace ActorP2P;

/// <summary>
/// The life of a node that an actor owns, from before its start until after its goodbye. An actor that is made later at
/// the same path waits for its end before it starts its own node, because both nodes may have the same name and port.
/// </summary>
/// <param name="before">The end of the previous life at the same path.</param>
internal sealed class NodeLife(Task before)
{
    private readonly Lock _lock = new();
    private readonly TaskCompletionSource _over = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private P2PNode? _node;
    private bool _isStopped;

    /// <summary>Completes when the node may start.</summary>
    public Task Before { get; } = before;

    /// <summary>Completes when the life is over.</summary>
    public Task Over => _over.Task;

    /// <summary>The node has started. If its owner has stopped meanwhile, the node is stopped.</summary>
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

    /// <summary>
    /// The owner has stopped. The node sends its goodbyes now or, if it has not started, as soon as it has.
    /// </summary>
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

    /// <summary>The node has stopped or could not start.</summary>
    public void End() => _over.TrySetResult();

    private async Task EndAsync(P2PNode node)
    {
        await node.DisposeAsync();
        End();
    }
}
