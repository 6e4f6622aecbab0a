using System.Diagnostics;
using ActorP2P.Protocol;

namespace ActorP2P;

/// <content>Connecting, asking, telling.</content>
public sealed partial class P2PNode
{
    private NodeActors Actors => Context.Actors!;

    /// <summary>Connects to an address, or returns an existing connection.</summary>
    /// <param name="address">The address to dial; a name stands for all its addresses.</param>
    /// <param name="cancellationToken">
    /// Cancels the connection attempt, unless the connection exists already or another caller waits for it.
    /// </param>
    /// <exception cref="ArgumentException">The address has no port.</exception>
    /// <exception cref="ConnectException">There is no connection; the exception says why.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public Task<Peer> ConnectAsync(PeerAddress address, CancellationToken cancellationToken = default) =>
        Connect(address, early: false, cancellationToken);

    /// <summary>
    /// Closes a connection with a goodbye, after its queued messages have been sent. The task completes when the
    /// connection has ended, or at once if it had ended before.
    /// </summary>
    /// <param name="peer">The connection to close.</param>
    /// <param name="cancellationToken">Ends the wait; the connection is closed nevertheless.</param>
    /// <exception cref="ArgumentException">The peer belongs to another node.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public Task DisconnectAsync(Peer peer, CancellationToken cancellationToken = default)
    {
        RequireOwn(peer);
        Task ended = Context.Closings.WaitAsync(peer);
        Context.Manager.Tell(new ManagerMessages.CloseLink(peer), ActorRefs.NoSender);
        return ended.OrCancelled(cancellationToken);
    }

    /// <summary>Asks a peer and waits for its answer. The request names the type of the answer.</summary>
    /// <inheritdoc cref="AskAsync{TReply}(Peer, IMessage, SendOptions, CancellationToken)"/>
    public Task<TReply> AskAsync<TReply>(
        Peer peer, IRequest<TReply> request, SendOptions? options = null, CancellationToken cancellationToken = default)
        where TReply : class, IMessage<TReply> => AskAsync<TReply>(peer, (IMessage)request, options, cancellationToken);

    /// <summary>Asks a peer and waits for its answer.</summary>
    /// <remarks>
    /// Order: asks in one lane reach the peer in the order of the calls, and their handlers begin in that order;
    /// answers come as they are ready. An ask may overtake an earlier tell in the same lane, and a tell an earlier ask,
    /// because requests and notifies have separate credit; between lanes, and beside streams, there is no order. Where
    /// it matters, await the answer to each ask before the next step, or send all of it on one stream.
    /// <para/>
    /// In an asynchronous handler: a handler that waits for an answer does not count as running. The peer's handler
    /// must begin within half of the timeout, unless the options set an expiry; otherwise the ask ends as expired, in
    /// time for this handler to answer.
    /// </remarks>
    /// <typeparam name="TReply">The message type of the answer.</typeparam>
    /// <param name="peer">The peer to ask.</param>
    /// <param name="request">The request.</param>
    /// <param name="options">Lane, timeout and expiry; null: the defaults.</param>
    /// <param name="cancellationToken">Gives up the wait; the peer is told.</param>
    /// <exception cref="ArgumentException">
    /// The peer belongs to another node, an option is not allowed, the request's type is reserved for the library, or
    /// the request names another answer than <typeparamref name="TReply"/>.
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

    /// <summary>Connects and asks in one call. The request names the type of the answer.</summary>
    /// <inheritdoc cref="AskAsync{TReply}(PeerAddress, IMessage, SendOptions, CancellationToken)"/>
    public Task<TReply> AskAsync<TReply>(
        PeerAddress address, IRequest<TReply> request, SendOptions? options = null,
        CancellationToken cancellationToken = default)
        where TReply : class, IMessage<TReply> =>
            AskAsync<TReply>(address, (IMessage)request, options, cancellationToken);

    /// <summary>
    /// Connects and asks in one call. The request follows directly after the hello, so the first answer arrives after
    /// two round trips. An existing connection to the address is used.
    /// </summary>
    /// <typeparam name="TReply">The message type of the answer.</typeparam>
    /// <param name="address">The address to dial; a name stands for all its addresses.</param>
    /// <param name="request">The request.</param>
    /// <param name="options">
    /// Lane, timeout and expiry; null: the defaults. The timeout starts when the connection exists.
    /// </param>
    /// <param name="cancellationToken">Gives up the wait; the peer is told.</param>
    /// <exception cref="ArgumentException">
    /// The address has no port, an option is not allowed, the request's type is reserved for the library, or the
    /// request names another answer than <typeparamref name="TReply"/>.
    /// </exception>
    /// <exception cref="ConnectException">There is no connection; the exception says why.</exception>
    /// <exception cref="AskException">There is no answer; the exception says why.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public async Task<TReply> AskAsync<TReply>(
        PeerAddress address, IMessage request, SendOptions? options = null,
        CancellationToken cancellationToken = default)
        where TReply : class, IMessage<TReply>
    {
        RequireReply<TReply>(request);
        options?.Validated();
        Peer peer = await Connect(address, early: true, cancellationToken);
        return await AskAsync<TReply>(peer, request, options, cancellationToken);
    }

    /// <summary>
    /// Sends a peer a message that needs no answer. The task completes when the message is in the peer's send queue.
    /// While the queue is full, the task waits; this is backpressure for the caller. The message arrives at most once.
    /// </summary>
    /// <remarks>
    /// Order: messages told in one lane arrive in the order of the calls. An ask in the same lane may overtake them,
    /// and they may overtake it, because requests and notifies have separate credit; between lanes, and beside streams,
    /// there is no order.
    /// <para/>
    /// In an asynchronous handler: a handler that waits for room does not count as running, and it gives up as expired
    /// after half of <see cref="SessionSettings.CreditTimeout"/>.
    /// </remarks>
    /// <param name="peer">The peer to tell.</param>
    /// <param name="message">The message.</param>
    /// <param name="options">Lane and expiry; null: the defaults.</param>
    /// <param name="cancellationToken">Ends the wait for room; the message may be sent nevertheless.</param>
    /// <exception cref="ArgumentException">
    /// The peer belongs to another node, an option is not allowed, or the message's type is reserved for the library.
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

        // Usually there is room and nothing to wait for. A handler waits for room at most half of the time in which the
        // peer must accept something. Otherwise two nodes whose handlers wait for each other would close their
        // connection.
        Invocation? handler = HandlerScope.Current;
        TimeSpan? giveUpAt = handler is null ? null : Context.Now + (Context.Settings.Session.CreditTimeout / 2);
        Activity? span = NodeTraces.BeginTell(peer, message);
        Task told = peer.Outbox.Post(peer.Actor, Entry(message, how, span), giveUpAt).OrCancelled(cancellationToken);
        told = span is null ? told : NodeTraces.EndWithAsync(span, Context, told);
        return handler is null || told.IsCompleted ? told : handler.WaitFor(told);
    }

    /// <summary>Sends a peer a message that needs no answer, if its send queue has room now. It never waits.</summary>
    /// <param name="peer">The peer to tell.</param>
    /// <param name="message">The message.</param>
    /// <param name="options">Lane and expiry; null: the defaults.</param>
    /// <returns>Whether the message is in the queue; if not, why.</returns>
    /// <exception cref="ArgumentException">
    /// The peer belongs to another node, an option is not allowed, or the message's type is reserved for the library.
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
    /// Asks for an answer of the type that the request names; of any that the node knows, when it names none.
    /// </summary>
    /// <exception cref="ArgumentException">
    /// The request or the answer that it names is not a message of this node, or an argument is invalid as for
    /// <c>AskAsync</c>.
    /// </exception>
    internal Task<object> AskAnyAsync(
        Peer peer, object request, SendOptions? options, CancellationToken cancellationToken = default)
    {
        IMessage message = KnownRequest(request);
        return Ask<object>(peer, message, (message as IRequest)?.ReplyType, options, cancellationToken);
    }

    /// <summary>A request as a message, if this node knows it and the answer that it names.</summary>
    /// <exception cref="ArgumentException">It does not.</exception>
    internal IMessage KnownRequest(object request)
    {
        IMessage message = MessageOf(request, nameof(request));
        if ((message as IRequest)?.ReplyType is { } type && Context.Catalog.Find(type) is null)
        {
            // Otherwise the peer would be charged for an answer that this node cannot read.
            throw new ArgumentException(
                $"{nameof(request)} is a {request.GetType().Name}. Its answer has the type {type:x4}, which "
                + "this node does not "
                + "know; allowed: types that have a handler or were registered with UseMessage, UseJson "
                + "or UseCodec.",
                nameof(request));
        }

        return message;
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
            pending, PayloadWriter.Encode(request), how.Lane, limit,
            how.Expiry ?? (handler is null ? null : limit / 2)));
        Task<TReply> reply = cancellationToken.CanBeCanceled
            ? AwaitAsync(pending, cancellationToken)
            : pending.Task.ToldHere();
        return handler is null ? reply : handler.WaitFor(reply);
    }

    internal async Task<TReply> AwaitAsync<TReply>(PendingAsk<TReply> pending, CancellationToken cancellationToken)
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

    internal void RequireOwn(Peer peer)
    {
        ArgumentNullException.ThrowIfNull(peer);
        if (peer.Owner != Context)
        {
            throw new ArgumentException(
                $"{nameof(peer)} is {peer}, a peer of another node ({peer.Owner.Id.ToShortString()}), or of one "
                + $"that has stopped; allowed: peers of this node ({Id.ToShortString()}).", nameof(peer));
        }
    }

    internal static void RequireApplicationMessage(IMessage message, string name)
    {
        ArgumentNullException.ThrowIfNull(message, name);
        if (message.MessageType < MessageCatalog.FirstApplicationType)
        {
            throw new ArgumentException(
                $"{name} has the type {message.MessageType:x4}, which the library uses; allowed: 0100 to ffff.",
                name);
        }
    }

    internal static void RequireReply<TReply>(IMessage request)
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
