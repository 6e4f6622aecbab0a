namespace ActorP2P;

/// <content>What actors and plain objects have of a node, and settings that change while it runs.</content>
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
    /// Applies settings to the running node. Those of <c>access</c>, <c>broadcasts</c>, <c>max-connections</c>,
    /// <c>max-half-open</c> and <c>request-timeout</c> hold when the task completes; connections that the new rules of
    /// access do not admit are closed (<see cref="DisconnectReason.NotAdmitted"/>), and fewer connections
    /// allowed close none. All others hold only for a node that is started with them.
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
