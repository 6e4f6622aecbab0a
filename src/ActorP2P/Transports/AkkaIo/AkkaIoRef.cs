namespace ActorP2P;

/// <summary>
/// Receives Akka.IO's messages without a mailbox: a message is handled at once, on the thread of the Akka.IO actor that
/// tells it. An actor instead costs each read and each write a mailbox, in all 1.45 times the processor time
/// (docs/performance.md). It cannot be watched, since it never dies.
/// </summary>
internal abstract class AkkaIoRef(ExtendedActorSystem system) : MinimalActorRef
{
    public override ActorPath Path { get; } = system.Provider.TempPath();

    public override IActorRefProvider Provider => system.Provider;

    protected sealed override void TellInternal(object message, IActorRef sender) => On(message, sender);

    protected abstract void On(object message, IActorRef sender);
}
