namespace ActorP2P.Determinism;

/// <summary>Returns continuations to a node's queue, so that none reaches the thread pool.</summary>
internal sealed class SimulatedContext(NodeLife life) : SynchronizationContext
{
    public override void Post(SendOrPostCallback d, object? state)
    {
        // On another thread the report fails the run, and the continuation is dropped.
        if (life.World.IsMine || life.World.Admits(life.Node, "a continuation"))
        {
            life.Post(d, state, withContext: true);
        }
    }

    public override void Send(SendOrPostCallback d, object? state)
    {
        if (life.World.Admits(life.Node, "a call"))
        {
            d(state);
        }
    }

    public override SynchronizationContext CreateCopy() => this;
}
