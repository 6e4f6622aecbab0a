namespace ActorP2P;

/// <content>What actors and plain objects have of a node, and settings that change while it runs.</content>
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
    /// Applies settings to the running node. Those of <c>access</c>, <c>max-connections</c>, <c>max-half-open</c> and
    /// <c>request-timeout</c> hold when the task completes; connections that the new rules of access do not admit are
    /// closed (<see cref="DisconnectReason.NotAdmitted"/>), and fewer connections allowed close none. All others hold
    /// only for a node that is started with them.
    /// </summary>
    /// <param name="options">All settings of the node, also those that stay as they are.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>
    /// The keys of the settings that differ from the node's and hold only after a restart, in the order of
    /// <c>reference.conf</c>. Rules about nodes are among them when the node runs without encryption.
    /// </returns>
    /// <exception cref="ArgumentException">
    /// The options are not allowed; the message says why. Nothing is changed.
    /// </exception>
    /// <exception cref="NodeStoppedException">The node has stopped.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public async Task<IReadOnlyList<string>> ApplyAsync(
        P2PNodeOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        cancellationToken.ThrowIfCancellationRequested();
        options.Validated();
        IReadOnlyList<string> needRestart = SettingChanges.NeedRestart(Context.Asked, options);
        if (Promises.Stopped.IsCompleted)
        {
            throw new NodeStoppedException("The node has stopped.");
        }

        TaskCompletionSource done = new(TaskCreationOptions.RunContinuationsAsynchronously);
        Context.Manager.Tell(new ManagerMessages.Apply(options, done), ActorRefs.NoSender);
        await done.Task.OrCancelled(cancellationToken);
        return needRestart;
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

    /// <summary>A plain object as a message of this node; a message is one already.</summary>
    /// <exception cref="ArgumentException">The node knows no codec for its type.</exception>
    internal IMessage MessageOf(object message, string name)
    {
        ArgumentNullException.ThrowIfNull(message, name);
        return Context.Catalog.MessageOf(message) ?? throw new ArgumentException(
            $"{name} is a {message.GetType().Name}, which is no message of this node; allowed: types that implement "
            + "IMessage, and those registered with UseJson or UseCodec.", name);
    }

    /// <summary>Asks for an answer that is read by a codec of this node.</summary>
    internal Task<TReply> AskPlain<TReply>(
        Peer peer, object request, SendOptions? options, CancellationToken cancellationToken)
        where TReply : class =>
        Ask<TReply>(
            peer,
            MessageOf(request, nameof(request)),
            Context.Catalog.DecoderOf<TReply>().Type,
            options,
            cancellationToken);

    /// <summary>Connects and asks for an answer that is read by a codec of this node.</summary>
    internal async Task<TReply> AskPlainAsync<TReply>(
        PeerAddress address, object request, SendOptions? options, CancellationToken cancellationToken)
        where TReply : class
    {
        IMessage message = MessageOf(request, nameof(request));
        Peer peer = await Connect(address, early: true, cancellationToken);
        return await AskPlain<TReply>(peer, message, options, cancellationToken);
    }
}
