namespace ActorP2P;

/// <summary>
/// Receives Akka.IO's messages without a mailbox: a message is handled at once, on the thread of the Akka.IO actor that
/// sends it. An actor in its place would cost 1.45 times the processor time for all work (docs/performance.md). It
/// never ends, so it cannot be watched.
/// </summary>
internal abstract class AkkaIoRef(ExtendedActorSystem system) : MinimalActorRef
{
    public override ActorPath Path { get; } = system.Provider.TempPath();

    public override IActorRefProvider Provider => system.Provider;

    protected sealed override void TellInternal(object message, IActorRef sender) => On(message, sender);

    protected abstract void On(object message, IActorRef sender);
}
