using Akka.Actor;
using Akka.Dispatch;

namespace ActorP2P.Determinism;

/// <summary>
/// One run of a priority mailbox. The mailbox does not count messages that its actor has unstashed,
/// so after a turn of one message it would not run again until another message arrived.
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
