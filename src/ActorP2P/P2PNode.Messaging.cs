using System.Diagnostics;
using ActorP2P.Protocol;

namespace ActorP2P;

/// <content>Connecting, asking, telling, broadcasting.</content>
public sealed partial class P2PNode
{
    private readonly Lock _saltLock = new();

    private NodeActors Actors => Context.Actors!;

    /// <summary>Connects to an address, or gives the connection there is.</summary>
    /// <param name="address">The address to dial; a name stands for all its addresses.</param>
    /// <param name="cancellationToken">
    /// Gives the connection up, unless it exists already or somebody else waits for it.
    /// </param>
    /// <exception cref="ArgumentException">The address has no port.</exception>
    /// <exception cref="ConnectException">There is no connection; the exception says why.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public Task<Peer> ConnectAsync(PeerAddress address, CancellationToken cancellationToken = default) =>
        Connect(address, early: false, cancellationToken);

    /// <summary>
    /// Closes a connection in order: what is queued is sent first. The task completes when the connection has ended, at
    /// once when it has ended already.
    /// </summary>
    /// <param name="peer">The connection to close.</param>
    /// <param name="cancellationToken">Ends the wait; the connection closes all the same.</param>
    /// <exception cref="ArgumentException">The peer is another node's.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public Task DisconnectAsync(Peer peer, CancellationToken cancellationToken = default)
    {
        RequireOwn(peer);
        Task ended = Context.Closings.WaitAsync(peer);
        Context.Manager.Tell(new ManagerMessages.CloseLink(peer), ActorRefs.NoSender);
        return ended.OrCancelled(cancellationToken);
    }

    /// <summary>Asks a peer and waits for its answer, whose type the request names.</summary>
    /// <inheritdoc cref="AskAsync{TReply}(Peer, IMessage, SendOptions, CancellationToken)"/>
    public Task<TReply> AskAsync<TReply>(
        Peer peer, IRequest<TReply> request, SendOptions? options = null, CancellationToken cancellationToken = default)
        where TReply : class, IMessage<TReply> => AskAsync<TReply>(peer, (IMessage)request, options, cancellationToken);

    /// <summary>Asks a peer and waits for its answer.</summary>
    /// <remarks>
    /// Requests and notifies have credit of their own, so an ask may overtake what was told before it in the same lane,
    /// and waits for the peer's credit. Where the order matters, ask for each step and await the answer.
    /// <para/>
    /// Within an asynchronous handler: while the handler waits for the answer it takes no place among the handlers that
    /// run. The peer's handler must begin within half of the timeout, unless the options name an expiry; otherwise the
    /// ask ends as expired, in time for this handler to answer.
    /// </remarks>
    /// <typeparam name="TReply">The message type of the answer.</typeparam>
    /// <param name="peer">The peer to ask.</param>
    /// <param name="request">The request.</param>
    /// <param name="options">Lane, timeout and expiry; null: the defaults.</param>
    /// <param name="cancellationToken">Gives up waiting; the peer is told.</param>
    /// <exception cref="ArgumentException">
    /// The peer is another node's, an option is not allowed, the request's type is the library's own, or the request
    /// names another answer than <typeparamref name="TReply"/>.
    /// </exception>
    /// <exception cref="AskException">There is no answer; the exception says why.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public Task<TReply> AskAsync<TReply>(
        Peer peer, IMessage request, SendOptions? options = null, CancellationToken cancellationToken = default)
        where TReply : class, IMessage<TReply>
    {
        RequireReply<TReply>(request);
        return Ask<TReply>(peer, request, Context.Catalog.Know<TReply>().Type, options, cancellationToken);
    }

    /// <summary>Connects and asks in one, for an answer whose type the request names.</summary>
    /// <inheritdoc cref="AskAsync{TReply}(PeerAddress, IMessage, SendOptions, CancellationToken)"/>
    public Task<TReply> AskAsync<TReply>(
        PeerAddress address, IRequest<TReply> request, SendOptions? options = null, CancellationToken cancellationToken = default)
        where TReply : class, IMessage<TReply> => AskAsync<TReply>(address, (IMessage)request, options, cancellationToken);

    /// <summary>
    /// Connects and asks in one: the request follows right behind the hello, so that the first answer is two round
    /// trips away. When there is a connection to the address already, it is used.
    /// </summary>
    /// <typeparam name="TReply">The message type of the answer.</typeparam>
    /// <param name="address">The address to dial; a name stands for all its addresses.</param>
    /// <param name="request">The request.</param>
    /// <param name="options">
    /// Lane, timeout and expiry; null: the defaults. The timeout begins when there is a connection.
    /// </param>
    /// <param name="cancellationToken">Gives up waiting; the peer is told.</param>
    /// <exception cref="ArgumentException">
    /// The address has no port, an option is not allowed, the request's type is the library's own, or the request names
    /// another answer than <typeparamref name="TReply"/>.
    /// </exception>
    /// <exception cref="ConnectException">There is no connection; the exception says why.</exception>
    /// <exception cref="AskException">There is no answer; the exception says why.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public async Task<TReply> AskAsync<TReply>(
        PeerAddress address, IMessage request, SendOptions? options = null, CancellationToken cancellationToken = default)
        where TReply : class, IMessage<TReply>
    {
        RequireReply<TReply>(request);
        options?.Validated();
        Peer peer = await Connect(address, early: true, cancellationToken);
        return await AskAsync<TReply>(peer, request, options, cancellationToken);
    }

    /// <summary>
    /// Tells a peer something that needs no answer. The task completes when the message stands in the peer's send
    /// queue; while that is full it waits, which is the caller's backpressure. The message arrives at most once.
    /// </summary>
    /// <remarks>
    /// What is told in one lane arrives in order. An ask in the same lane may overtake it: requests and notifies have
    /// credit of their own.
    /// <para/>
    /// Within an asynchronous handler: while the handler waits for room it takes no place among the handlers that run,
    /// and it gives up as expired after half of <see cref="SessionSettings.CreditTimeout"/>.
    /// </remarks>
    /// <param name="peer">The peer to tell.</param>
    /// <param name="message">The message.</param>
    /// <param name="options">Lane and expiry; null: the defaults.</param>
    /// <param name="cancellationToken">Ends the wait for room; the message may be sent all the same.</param>
    /// <exception cref="ArgumentException">
    /// The peer is another node's, an option is not allowed, or the message's type is the library's own.
    /// </exception>
    /// <exception cref="SendException">The message was not queued; the exception says why.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public Task TellAsync(
        Peer peer, IMessage message, SendOptions? options = null, CancellationToken cancellationToken = default)
    {
        RequireOwn(peer);
        RequireApplicationMessage(message, nameof(message));
        SendOptions how = (options ?? SendOptions.Default).Validated();
        if (cancellationToken.IsCancellationRequested)
        {
            return Task.FromCanceled(cancellationToken);
        }

        if (Promises.Stopped.IsCompleted)
        {
            return Task.FromException(new SendException(SendResult.NotConnected, "the node has stopped"));
        }

        if (peer.Map.PeerLacks(message.MessageType))
        {
            return Task.FromException(
                new SendException(SendResult.NoSuchService, peer.Map.NameOf(message.MessageType)!));
        }

        // Most often there is room, and nothing to wait for. A handler waits for room no longer than half of the time
        // in which the peer must let something through: else two nodes whose handlers wait for each other would end
        // their connection.
        Invocation? handler = HandlerScope.Current;
        TimeSpan? giveUpAt = handler is null ? null : Context.Now + (Context.Settings.Session.CreditTimeout / 2);
        Activity? span = NodeTraces.BeginTell(peer, message);
        Task told = peer.Outbox.Post(peer.Actor, Entry(message, how, span), giveUpAt).OrCancelled(cancellationToken);
        told = span is null ? told : NodeTraces.EndWithAsync(span, Context, told);
        return handler is null || told.IsCompleted ? told : handler.WaitFor(told);
    }

    /// <summary>
    /// Tells a peer something that needs no answer, if there is room for it in the peer's send queue now.
    /// </summary>
    /// <param name="peer">The peer to tell.</param>
    /// <param name="message">The message.</param>
    /// <param name="options">Lane and expiry; null: the defaults.</param>
    /// <returns>Whether the message stands in the queue; if not, why. Nothing waits.</returns>
    /// <exception cref="ArgumentException">
    /// The peer is another node's, an option is not allowed, or the message's type is the library's own.
    /// </exception>
    public SendResult TryTell(Peer peer, IMessage message, SendOptions? options = null)
    {
        RequireOwn(peer);
        RequireApplicationMessage(message, nameof(message));
        SendOptions how = (options ?? SendOptions.Default).Validated();
        if (Promises.Stopped.IsCompleted || peer.Map.PeerLacks(message.MessageType))
        {
            return Promises.Stopped.IsCompleted ? SendResult.NotConnected : SendResult.NoSuchService;
        }

        Activity? span = NodeTraces.BeginTell(peer, message);
        SendResult result = peer.Outbox.TryPost(peer.Actor, Entry(message, how, span));
        if (span is not null)
        {
            NodeTraces.End(span, Context, result == SendResult.Accepted ? null : result.ToString());
        }

        return result;
    }

    /// <summary>
    /// Sends a message to the whole mesh. It is encoded once, and relayed by every node that accepts it.
    /// </summary>
    /// <param name="message">The message.</param>
    /// <param name="options">The lane; null: the normal one.</param>
    /// <param name="cancellationToken">Ends the wait; the message may be sent all the same.</param>
    /// <returns>
    /// To how many peers of this node it was handed; those that take no message of its length are not among them.
    /// </returns>
    /// <exception cref="ArgumentException">
    /// An option is not allowed, there is an expiry, or the message's type is the library's own.
    /// </exception>
    /// <exception cref="SendException">
    /// The node has stopped, or the message, with its head of 25 bytes, is longer than this node or any of its peers
    /// takes.
    /// </exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public async Task<int> BroadcastAsync(
        IMessage message, SendOptions? options = null, CancellationToken cancellationToken = default)
    {
        RequireApplicationMessage(message, nameof(message));
        SendOptions how = (options ?? SendOptions.Default).Validated();
        if (how.Expiry is { } expiry)
        {
            throw new ArgumentException(
                $"{nameof(SendOptions.Expiry)} is {expiry}; a broadcast has none.", nameof(options));
        }

        cancellationToken.ThrowIfCancellationRequested();
        if (Promises.Stopped.IsCompleted)
        {
            throw new SendException(SendResult.NotConnected, "the node has stopped");
        }

        EncodedMessage encoded = PayloadWriter.Encode(message, headroom: BroadcastHead.Size);
        ulong salt;
        lock (_saltLock)
        {
            salt = (ulong)Context.BroadcastSalts.NextInt64();
        }

        if (encoded.Length > Context.Settings.Session.MaxMessage)
        {
            encoded.Buffer.Release();
            throw new SendException(SendResult.TooLong,
                $"with its head it has {encoded.Length} bytes, and the longest message is {Context.Settings.Session.MaxMessage}");
        }

        BroadcastId id = BroadcastId.Of(
            Context.Settings.NetworkId, encoded.Type, salt, encoded.Writable[BroadcastHead.Size..]);
        new BroadcastHead(id, salt, Hops: 1).Write(encoded.Writable);
        TaskCompletionSource<int> promise = new(TaskCreationOptions.RunContinuationsAsynchronously);
        Activity? span = NodeTraces.BeginBroadcast(Context, message);
        Actors.Broadcaster.Tell(
            new GossipMessages.Publish(id, encoded, how.Lane, promise) { Trace = NodeTraces.HeadersOf(span) },
            ActorRefs.NoSender);
        Task<int> sent = promise.Task.OrCancelled(cancellationToken);
        if (span is not null)
        {
            await NodeTraces.EndWithAsync(span, Context, sent);
        }

        return await sent;
    }

    private Task<TReply> Ask<TReply>(
        Peer peer, IMessage request, ushort? replyType, SendOptions? options, CancellationToken cancellationToken)
        where TReply : class
    {
        RequireOwn(peer);
        RequireApplicationMessage(request, nameof(request));
        SendOptions how = (options ?? SendOptions.Default).Validated();
        TimeSpan? limit = WaitTime.Limit(how.Timeout ?? Context.Settings.RequestTimeout, nameof(SendOptions.Timeout));
        if (cancellationToken.IsCancellationRequested)
        {
            return Task.FromCanceled<TReply>(cancellationToken);
        }

        if (Promises.Stopped.IsCompleted)
        {
            return Task.FromException<TReply>(new AskException(AskFailure.NodeFailed, "the node has stopped"));
        }

        if (peer.Map.PeerLacks(request.MessageType))
        {
            return Task.FromException<TReply>(
                new AskException(AskFailure.NoSuchService, peer.Map.NameOf(request.MessageType)!));
        }

        PendingAsk<TReply> pending = new(peer, replyType);
        pending.BeginSpan(request);
        Invocation? handler = HandlerScope.Current;
        Context.Asks.Post(new PostedAsk(
            pending, PayloadWriter.Encode(request), how.Lane, limit, how.Expiry ?? (handler is null ? null : limit / 2)));
        Task<TReply> reply = cancellationToken.CanBeCanceled
            ? AwaitAsync(pending, cancellationToken)
            : pending.Task.ToldHere();
        return handler is null ? reply : handler.WaitFor(reply);
    }

    private async Task<TReply> AwaitAsync<TReply>(PendingAsk<TReply> pending, CancellationToken cancellationToken)
        where TReply : class
    {
        using CancellationTokenRegistration registration = cancellationToken.UnsafeRegister(
            (_, token) =>
            {
                if (pending.Cancel(token))
                {
                    Actors.Tracker.Tell(new RequestMessages.Cancel(pending), ActorRefs.NoSender);
                }
            },
            null);
        return await pending.Task;
    }

    private OutboxEntry Entry(IMessage message, SendOptions how, Activity? span) => new(
        FrameKind.Notify, PayloadWriter.Encode(message), how.Lane, how.Expiry is null ? null : Context.Now + how.Expiry,
        Trace: NodeTraces.HeadersOf(span));

    private void RequireOwn(Peer peer)
    {
        ArgumentNullException.ThrowIfNull(peer);
        if (peer.Owner != Context)
        {
            throw new ArgumentException(
                $"{nameof(peer)} is {peer}, a peer of another node ({peer.Owner.Id.ToShortString()}), or of one that has stopped; "
                + $"allowed: peers of this node ({Id.ToShortString()}).", nameof(peer));
        }
    }

    private static void RequireApplicationMessage(IMessage message, string name)
    {
        ArgumentNullException.ThrowIfNull(message, name);
        if (message.MessageType < MessageCatalog.FirstApplicationType)
        {
            throw new ArgumentException(
                $"{name} is of the type {message.MessageType:x4}, one of the library's own; allowed: 0100 to ffff.", name);
        }
    }

    private static void RequireReply<TReply>(IMessage request)
        where TReply : class, IMessage<TReply>
    {
        if (request is IRequest named && named.ReplyType != TReply.TypeCode)
        {
            throw new ArgumentException(
                $"{nameof(request)} is a {request.GetType().Name}, whose answer has the type {named.ReplyType:x4}; "
                + $"{typeof(TReply).Name} has {TReply.TypeCode:x4}.", nameof(request));
        }
    }
}
