namespace ActorP2P.Determinism;

/// <summary>Brings continuations back into a node's queue, so that none reaches the thread pool.</summary>
internal sealed class SimulatedContext(NodeLife life) : SynchronizationContext
{
    public override void Post(SendOrPostCallback d, object? state) => life.Post(d, state, withContext: true);

    public override void Send(SendOrPostCallback d, object? state)
    {
        life.Node.CheckThread();
        d(state);
    }

    public override SynchronizationContext CreateCopy() => this;
}
