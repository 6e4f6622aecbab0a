namespace ActorP2P.Actors;

/// <summary>Brings continuations back into a node's queue, so that none reaches the thread pool.</summary>
internal sealed class SimulatedContext(SimulatedNode node) : SynchronizationContext
{
    private readonly int _life = node.Life;

    public override void Post(SendOrPostCallback d, object? state) => node.Scheduler.Post(node, _life, d, state);

    public override void Send(SendOrPostCallback d, object? state)
    {
        node.CheckThread();
        d(state);
    }

    public override SynchronizationContext CreateCopy() => this;
}
