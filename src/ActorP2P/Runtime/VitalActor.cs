namespace ActorP2P;

/// <summary>
/// An actor that settles what a message carries when it fails on that message. It is not handled again, whether the actor is
/// restarted, or stopped because it failed too often, and a stop tells the actor nothing of the message in hand.
/// </summary>
internal abstract class VitalActor : UntypedActor
{
    /// <summary>The actor has failed on a message: what it carries must not be lost with it.</summary>
    protected virtual void OnFailed(object message) => (message as IUndeliverable)?.OnUndelivered();

    /// <inheritdoc/>
    protected override bool AroundReceive(Receive receive, object message)
    {
        try
        {
            return base.AroundReceive(receive, message);
        }
        catch
        {
            OnFailed(message);
            throw;
        }
    }
}
