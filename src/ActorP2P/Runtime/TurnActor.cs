namespace ActorP2P;

/// <summary>
/// An actor that is told when its turn ends, so that everything that one turn writes leaves in one system call. The
/// end follows the turn's last message and is not a message itself. Its mailbox must be a <see cref="NodeMailbox"/>.
/// </summary>
internal abstract class TurnActor : UntypedActor
{
    // Null when an exploration observes the queue. Then the queue delivers TurnEnd instead.
    private readonly NodeQueue? _queue = ((ActorCell)Context).Mailbox!.MessageQueue as NodeQueue;

    /// <summary>
    /// The turn is over: no message is left, or the turn has had as many messages as it may.
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
        if (_queue is not null && _queue.TryEndTurn())
        {
            OnTurnEnd();
        }

        return isHandled;
    }
}
