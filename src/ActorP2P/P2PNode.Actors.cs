namespace ActorP2P;

/// <content>What actors have of a node.</content>
public sealed partial class P2PNode
{
    /// <summary>
    /// The props of an actor that owns a node, for a supervisor of one's own. The actor takes what
    /// <see cref="Manager"/> takes; what comes while the node starts waits, at most 1,024 messages.
    /// <list type="bullet">
    /// <item>When the node cannot start the actor fails with an <see cref="ActorInitializationException"/>, whose cause
    /// is what <see cref="StartAsync"/> would throw. Akka's default strategy stops it.</item>
    /// <item>When the node stops by itself the actor fails with a <see cref="NodeStoppedException"/>. Akka's default
    /// strategy restarts it, and with it comes a new node.</item>
    /// <item>When the actor stops, the node says goodbye to its peers. An actor that is made in the same place starts its
    /// node when the one before has stopped.</item>
    /// </list>
    /// </summary>
    /// <param name="options">The node's settings.</param>
    /// <param name="protocol">Registers the handlers of messages, at each start.</param>
    /// <param name="services">What the host supplies. The actor system is that of the actor.</param>
    public static Props Props(
        P2PNodeOptions options, Action<ProtocolBuilder>? protocol = null, P2PNodeServices? services = null)
    {
        ArgumentNullException.ThrowIfNull(options);

        // The mailbox is the system's own: the system may not know the node's yet.
        return Akka.Actor.Props.CreateBy(new ActorFactory(
            typeof(NodeActor), () => new NodeActor(options, protocol, services ?? new P2PNodeServices())));
    }

    /// <summary>
    /// Asks for an answer of the type that the request names; of any that the node knows, when it names none.
    /// </summary>
    /// <exception cref="ArgumentException">
    /// The request is no message of this node, or is answered with one that is none; or as for <c>AskAsync</c>.
    /// </exception>
    internal Task<object> AskAnyAsync(Peer peer, object request, SendOptions? options)
    {
        IMessage message = MessageOf(request, nameof(request));
        ushort? replyType = (message as IRequest)?.ReplyType;
        if (replyType is { } type && Context.Catalog.Find(type) is null)
        {
            // The peer would be charged for an answer that this node cannot read.
            throw new ArgumentException(
                $"{nameof(request)} is a {request.GetType().Name}, which is answered with the type {type:x4}, and this node "
                + "knows no such message; allowed: types that have a handler or were registered with UseMessage, UseJson "
                + "or UseCodec.",
                nameof(request));
        }

        return Ask<object>(peer, message, replyType, options, CancellationToken.None);
    }
}
