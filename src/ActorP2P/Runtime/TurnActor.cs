namespace ActorP2P;

/// <summary>
/// An actor whose turn has an end, so that everything one turn wrote leaves in one system call. The end comes with the
/// turn's last message and is no message itself. Its mailbox must be a <see cref="NodeMailbox"/>.
/// </summary>
internal abstract class TurnActor : UntypedActor
{
    private readonly NodeQueue _queue = (NodeQueue)((ActorCell)Context).Mailbox!.MessageQueue;

    /// <summary>
    /// The turn is over: no message is left, or so many were handled that what they wrote should leave.
    /// </summary>
    protected abstract void OnTurnEnd();

    /// <inheritdoc/>
    protected override bool AroundReceive(Receive receive, object message)
    {
        if (ReferenceEquals(message, TurnEnd.Instance))
        {
            OnTurnEnd();
            return true;
        }

        bool isHandled = base.AroundReceive(receive, message);
        if (_queue.TryEndTurn())
        {
            OnTurnEnd();
        }

        return isHandled;
    }
}
