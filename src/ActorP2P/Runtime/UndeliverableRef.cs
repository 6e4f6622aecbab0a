using Akka.Event;

namespace ActorP2P;

/// <summary>
/// Tells messages of a node that nobody will handle them, and actors that the node they told something has stopped. It is
/// told of dead letters on the thread that publishes them, so also while the system ends, when an actor would no longer
/// run. One serves all nodes of a system: the event stream knows it by its path and keeps it once.
/// </summary>
internal sealed class UndeliverableRef(ActorPath path, IActorRefProvider provider) : MinimalActorRef
{
    public override ActorPath Path => path;

    public override IActorRefProvider Provider => provider;

    /// <summary>Called for every system that a node lives in.</summary>
    public static void Watch(ActorSystem system)
    {
        IActorRefProvider provider = ((ExtendedActorSystem)system).Provider;
        UndeliverableRef listener = new(provider.RootPath / "actorp2p-undeliverable", provider);
        system.EventStream.Subscribe(listener, typeof(DeadLetter));
    }

    protected override void TellInternal(object message, IActorRef sender)
    {
        if (message is not DeadLetter letter)
        {
            return;
        }

        if (letter.Message is IUndeliverable undeliverable)
        {
            undeliverable.OnUndelivered();
        }
        else if (!letter.Sender.Equals(letter.Recipient))
        {
            NodeCommands.Refuse(letter.Message, letter.Sender);
        }
    }
}
