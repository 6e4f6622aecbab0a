namespace ActorP2P;

/// <summary>
/// Tells the application the progress of a lookup, outside of the actor's turn and one report at a time. A report that
/// is replaced before it was told is left out.
/// </summary>
/// <param name="node">The node.</param>
/// <param name="progress">Is told.</param>
internal sealed class ProgressTeller(NodeContext node, IProgress<DhtProgress> progress)
{
    private readonly Lock _lock = new();
    private DhtProgress? _next;
    private bool _isTelling;

    /// <summary>Tells a progress soon.</summary>
    public void Tell(DhtProgress next)
    {
        lock (_lock)
        {
            _next = next;
            if (_isTelling)
            {
                return;
            }

            _isTelling = true;
        }

        _ = Task.Factory.StartNew(
            TellAll, CancellationToken.None, TaskCreationOptions.DenyChildAttach, node.Scheduler);
    }

    private void TellAll()
    {
        while (TryTake(out DhtProgress? next))
        {
            try
            {
                progress.Report(next!);
            }
            catch (Exception failed) when (failed is not OutOfMemoryException)
            {
                Log.ProgressFailed(node.Logger, failed);
            }
        }
    }

    private bool TryTake(out DhtProgress? next)
    {
        lock (_lock)
        {
            (next, _next) = (_next, null);
            _isTelling = next is not null;
            return _isTelling;
        }
    }
}
