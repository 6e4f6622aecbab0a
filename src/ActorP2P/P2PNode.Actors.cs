namespace ActorP2P;

/// <content>What actors have of a node.</content>
public sealed partial class P2PNode
{
    /// <summary>
    /// Props of an actor that owns a node, for a supervisor in the application. The actor accepts the messages that
    /// <see cref="Manager"/> accepts; up to 1,024 of them wait while the node starts.
    /// <list type="bullet">
    /// <item>When the node cannot start, the actor fails with an <see cref="ActorInitializationException"/>. Its cause
    /// is the
    /// exception that <see cref="StartAsync"/> would throw. Akka's default strategy stops the actor.</item>
    /// <item>When the node stops by itself, the actor fails with a <see cref="NodeStoppedException"/>. Akka's default
    /// strategy restarts the actor, which starts a new node.</item>
    /// <item>When the actor stops, the node says goodbye to its peers. An actor that is made at the same path starts
    /// its
    /// node when the previous one has stopped.</item>
    /// </list>
    /// </summary>
    /// <param name="options">The node's settings.</param>
    /// <param name="protocol">Registers the message handlers. It is called at each start.</param>
    /// <param name="services">
    /// What the host supplies. The node uses the actor system of the actor, whatever
    /// <see cref="P2PNodeServices.ActorSystem"/> says.
    /// </param>
    public static Props Props(
        P2PNodeOptions options, Action<ProtocolBuilder>? protocol = null, P2PNodeServices? services = null)
    {
        ArgumentNullException.ThrowIfNull(options);

        // The actor uses the system's default mailbox, because the node's mailbox may not be registered yet.
        return Akka.Actor.Props.CreateBy(new ActorFactory(
            typeof(NodeActor), () => new NodeActor(options, protocol, services ?? new P2PNodeServices())));
    }

    /// <summary>
    /// Asks for an answer of the type that the request names; if it names none, of any type that the node knows.
    /// </summary>
    /// <exception cref="ArgumentException">
    /// The request or the answer that it names is not a message of this node, or an argument is invalid as for
    /// <c>AskAsync</c>.
    /// </exception>
    internal Task<object> AskAnyAsync(Peer peer, object request, SendOptions? options)
    {
        IMessage message = MessageOf(request, nameof(request));
        ushort? replyType = (message as IRequest)?.ReplyType;
        if (replyType is { } type && Context.Catalog.Find(type) is null)
        {
            // Otherwise the peer would be charged for an answer that this node cannot read.
            throw new ArgumentException(
                $"{nameof(request)} is a {request.GetType().Name}. Its answer has the type {type:x4}, which "
                + "this node does not "
                + "know; allowed: types that have a handler or were registered with UseMessage, UseJson "
                + "or UseCodec.",
                nameof(request));
        }

        return Ask<object>(peer, message, replyType, options, CancellationToken.None);
    }
}
