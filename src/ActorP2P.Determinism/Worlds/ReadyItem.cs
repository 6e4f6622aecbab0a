using Akka.Dispatch;

namespace ActorP2P.Determinism;

/// <summary>Work that a node must do now: a mailbox to run, or a continuation.</summary>
internal readonly record struct ReadyItem(
    IRunnable? Mailbox, SendOrPostCallback? Callback, object? State, bool WithContext)
{
    public void Run()
    {
        if (Mailbox is not null)
        {
            Mailbox.Run();
        }
        else
        {
            Callback!(State);
        }
    }
}
