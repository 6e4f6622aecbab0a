namespace ActorP2P;

/// <summary>
/// An actor that is told when its turn ends, so that everything one turn wrote leaves in one system call. Its mailbox says so: a
/// <see cref="NodeMailbox"/>.
/// </summary>
internal abstract class TurnActor : UntypedActor
{
    /// <summary>The turn is over: no message is left, or so many were handled that what they wrote should leave.</summary>
    protected abstract void OnTurnEnd();

    /// <inheritdoc/>
    protected override bool AroundReceive(Receive receive, object message)
    {
        if (ReferenceEquals(message, TurnEnd.Instance))
        {
            OnTurnEnd();
            return true;
        }

        return base.AroundReceive(receive, message);
    }
}
