#if !AKKA_ENGINE
namespace ActorP2P;

/// <summary>
/// An actor that is told when its turn ends, so that everything one turn wrote leaves in one system call. On the own engine the
/// mailbox says so.
/// </summary>
internal abstract class TurnActor : UntypedActor, ITurnEndActor
{
    /// <summary>The turn is over: the mailbox is empty, or others are waiting for the thread.</summary>
    protected abstract void OnTurnEnd();

    void ITurnEndActor.OnTurnEnd() => OnTurnEnd();
}
#endif
