namespace ActorP2P.Determinism;

/// <summary>Brings continuations back into a node's queue, so that none reaches the thread pool.</summary>
internal sealed class SimulatedContext(NodeLife life) : SynchronizationContext
{
    public override void Post(SendOrPostCallback d, object? state)
    {
        if (!life.World.IsMine)
        {
            // The runtime would throw on what is thrown here, on the thread pool, and that ends the process. The
            // report fails the run.
            life.World.ReportForeign("a continuation");
            return;
        }
        life.Post(d, state, withContext: true);
    }

    public override void Send(SendOrPostCallback d, object? state)
    {
        life.Node.CheckThread();
        d(state);
    }

    public override SynchronizationContext CreateCopy() => this;
}
