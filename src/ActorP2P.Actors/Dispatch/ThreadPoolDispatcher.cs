namespace ActorP2P.Actors;

/// <summary>Runs turns on the thread pool.</summary>
internal sealed class ThreadPoolDispatcher : MessageDispatcher
{
    public override bool MayRunInline => true;

    public override void Schedule(Mailbox mailbox, bool preferLocal) =>
        ThreadPool.UnsafeQueueUserWorkItem(mailbox, preferLocal);
}
