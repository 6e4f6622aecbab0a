namespace ActorP2P.Actors;

/// <summary>The context of one asynchronous handler: whatever it awaits comes back to its actor, message and sender kept.</summary>
internal sealed class AsyncTurn(ActorCell cell, int incarnation, object? message, IActorRef? sender)
    : SynchronizationContext
{
    /// <summary>Which instance of the actor started it; it may still be under construction.</summary>
    public int Incarnation { get; } = incarnation;

    public object? Message { get; } = message;

    public IActorRef? Sender { get; } = sender;

    public override void Post(SendOrPostCallback d, object? state) =>
        cell.Mailbox.PostSystem(new AsyncContinuation(this, d, state));

    public override void Send(SendOrPostCallback d, object? state) =>
        throw new NotSupportedException("An actor's turn cannot be entered from outside.");

    public override SynchronizationContext CreateCopy() => this;

    public void Complete(Task task) => cell.Mailbox.PostSystem(new AsyncCompleted(this, task));
}
