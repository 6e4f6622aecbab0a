namespace ActorP2P;

/// <summary>
/// An actor that releases what a message owns when it fails on that message. Such a message is not handled again,
/// neither after a restart nor when the actor is stopped because it failed too often; and a stop does not tell the
/// actor which message it was handling.
/// </summary>
internal abstract class VitalActor : UntypedActor
{
    /// <summary>The actor has failed on a message: what the message owns must be released.</summary>
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
