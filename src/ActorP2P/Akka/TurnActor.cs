namespace ActorP2P;

/// <summary>
/// An actor that is told when its turn ends, so that everything one turn wrote leaves in one system call. Akka.NET has no such
/// moment; a message to itself, behind those that already wait, comes close.
/// </summary>
internal abstract class TurnActor : UntypedActor
{
    private static readonly object s_turnEnd = new TurnEnd();
    private bool _asked;

    /// <summary>The turn is over.</summary>
    protected abstract void OnTurnEnd();

    /// <inheritdoc/>
    protected override bool AroundReceive(Receive receive, object message)
    {
        if (ReferenceEquals(message, s_turnEnd))
        {
            _asked = false;
            OnTurnEnd();
            return true;
        }

        bool handled = base.AroundReceive(receive, message);
        if (!_asked)
        {
            _asked = true;
            Self.Tell(s_turnEnd);
        }

        return handled;
    }

    /// <summary>The end of a turn, as a message: a type of its own, so that a trace can name it.</summary>
    private sealed class TurnEnd : INoSerializationVerificationNeeded;
}
