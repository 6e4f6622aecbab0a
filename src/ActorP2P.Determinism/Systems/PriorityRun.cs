using Akka.Actor;
using Akka.Dispatch;

namespace ActorP2P.Determinism;

/// <summary>
/// A run of a priority mailbox. The mailbox does not count what its actor has unstashed, so that after a turn of one message it
/// would not run again until another message came.
/// </summary>
internal sealed class PriorityRun(MessageDispatcher dispatcher, Mailbox mailbox) : IRunnable
{
    public Mailbox Mailbox => mailbox;

    public void Execute() => Run();

    public void Run()
    {
        mailbox.Run();
        if (AkkaPrivates.HoldsUnstashed(mailbox.MessageQueue))
        {
            AkkaPrivates.RunAgain(dispatcher, mailbox);
        }
    }
}
