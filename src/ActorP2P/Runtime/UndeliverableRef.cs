using Akka.Event;

namespace ActorP2P;

/// <summary>
/// Calls <see cref="IUndeliverable.OnUndelivered"/> for a node's messages that become dead letters, and tells actors
/// that the node which they told something has stopped. It runs on the thread that publishes the dead letters, so it
/// works while the system terminates, when an actor no longer runs. One instance serves all nodes of a system, because
/// the event stream identifies subscribers by path.
/// </summary>
internal sealed class UndeliverableRef(ActorPath path, IActorRefProvider provider) : MinimalActorRef
{
    public override ActorPath Path => path;

    public override IActorRefProvider Provider => provider;

    /// <summary>
    /// Subscribes to the dead letters of a system. It is called for every system that a node runs in.
    /// </summary>
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
