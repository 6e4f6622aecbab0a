using ActorP2P.Protocol;

namespace ActorP2P;

/// <content>Connecting, asking, telling, broadcasting.</content>
public sealed partial class P2PNode
{
    private readonly Lock _saltLock = new();

    /// <summary>Connects to an address, or gives the connection there is.</summary>
    /// <param name="address">Whom; a name stands for all its addresses.</param>
    /// <param name="cancellationToken">Gives the connection up, unless it exists already or somebody else waits for it.</param>
    /// <exception cref="ArgumentException">The address has no port.</exception>
    /// <exception cref="ConnectException">There is none, and why.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public Task<Peer> ConnectAsync(PeerAddress address, CancellationToken cancellationToken = default) =>
        Connect(address, early: false, cancellationToken);

    /// <summary>Closes a connection in order: what is queued drains first. Nothing happens when it is gone already.</summary>
    /// <exception cref="ArgumentException">The peer is another node's.</exception>
    public void Disconnect(Peer peer)
    {
        RequireOwn(peer);
        _actors.Manager.Tell(new ManagerMessages.CloseLink(peer), ActorRefs.NoSender);
    }

    /// <summary>Asks a peer, and waits for its answer.</summary>
    /// <remarks>
    /// Requests and notifies have credit of their own, so an ask may overtake what was told before it in the same lane and waits for
    /// the peer's credit, chunks of a file for instance. Whoever needs an order asks for each step, and awaits the answer.
    /// <para/>
    /// Within an asynchronous handler: while it waits it takes no place among the handlers that run, and the peer's handler must have
    /// begun within half of the timeout, unless options say otherwise; else the ask ends as expired, in time for this handler to say so.
    /// </remarks>
    /// <typeparam name="TReply">The message type of the answer.</typeparam>
    /// <param name="peer">Whom.</param>
    /// <param name="request">What.</param>
    /// <param name="timeout">
    /// How long to wait, at most 30 days; null: <see cref="P2PNodeOptions.RequestTimeout"/>; <see cref="Timeout.InfiniteTimeSpan"/>
    /// or <see cref="TimeSpan.MaxValue"/>: as long as there is a connection.
    /// </param>
    /// <param name="lane">The priority of the request and of its answer.</param>
    /// <param name="cancellationToken">Gives up waiting; the peer is told.</param>
    /// <exception cref="ArgumentException">
    /// The peer is another node's, the timeout or the lane is not allowed, or the request's type is the library's own.
    /// </exception>
    /// <exception cref="AskException">No answer, and why.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public Task<TReply> AskAsync<TReply>(
        Peer peer, IMessage request, TimeSpan? timeout = null, Lane lane = Lane.Normal, CancellationToken cancellationToken = default)
        where TReply : class, IMessage<TReply> => Ask<TReply>(peer, request, lane, null, timeout, cancellationToken);

    /// <summary>Asks a peer, and waits for its answer.</summary>
    /// <typeparam name="TReply">The message type of the answer.</typeparam>
    /// <param name="peer">Whom.</param>
    /// <param name="request">What.</param>
    /// <param name="options">The lane of the request and of its answer, and after how long its handler need not begin any more.</param>
    /// <param name="timeout">
    /// How long to wait, at most 30 days; null: <see cref="P2PNodeOptions.RequestTimeout"/>; <see cref="Timeout.InfiniteTimeSpan"/>
    /// or <see cref="TimeSpan.MaxValue"/>: as long as there is a connection.
    /// </param>
    /// <param name="cancellationToken">Gives up waiting; the peer is told.</param>
    /// <exception cref="ArgumentException">
    /// The peer is another node's, the timeout or the lane is not allowed, or the request's type is the library's own.
    /// </exception>
    /// <exception cref="AskException">No answer, and why.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public Task<TReply> AskAsync<TReply>(
        Peer peer, IMessage request, SendOptions options, TimeSpan? timeout = null, CancellationToken cancellationToken = default)
        where TReply : class, IMessage<TReply>
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Validated();
        return Ask<TReply>(peer, request, options.Lane, options.Expiry, timeout, cancellationToken);
    }

    private Task<TReply> Ask<TReply>(
        Peer peer, IMessage request, Lane lane, TimeSpan? expiry, TimeSpan? timeout, CancellationToken cancellationToken)
        where TReply : class, IMessage<TReply>
    {
        RequireOwn(peer);
        RequireApplicationMessage(request, nameof(request));
        TimeSpan? limit = WaitTime.Limit(timeout ?? _context.Settings.RequestTimeout, nameof(timeout));
        RequireApplicationLane(lane);
        if (cancellationToken.IsCancellationRequested)
        {
            return Task.FromCanceled<TReply>(cancellationToken);
        }

        if (_promises.Stopped.IsCompleted)
        {
            return Task.FromException<TReply>(new AskException(AskFailure.NodeFailed, "the node has stopped"));
        }

        if (peer.Map.PeerLacks(request.MessageType))
        {
            return Task.FromException<TReply>(new AskException(AskFailure.NoSuchService, peer.Map.NameOf(request.MessageType)!));
        }

        _context.Catalog.Know<TReply>();
        PendingAsk<TReply> pending = new(peer);
        Invocation? handler = HandlerScope.Current;
        _actors.Tracker.Tell(new RequestMessages.Ask(
            pending, PayloadWriter.Encode(request), lane, limit, expiry ?? (handler is null ? null : limit / 2)));
        Task<TReply> reply = cancellationToken.CanBeCanceled ? AwaitAsync(pending, cancellationToken) : pending.Task.ToldHere();
        return handler is null ? reply : handler.WaitFor(reply);
    }

    private async Task<TReply> AwaitAsync<TReply>(PendingAsk<TReply> pending, CancellationToken cancellationToken)
        where TReply : class, IMessage<TReply>
    {
        using CancellationTokenRegistration registration = cancellationToken.UnsafeRegister(
            (_, token) =>
            {
                if (pending.Cancel(token))
                {
                    _actors.Tracker.Tell(new RequestMessages.Cancel(pending), ActorRefs.NoSender);
                }
            },
            null);
        return await pending.Task;
    }

    /// <inheritdoc cref="AskAsync{TReply}(Peer, IMessage, TimeSpan?, Lane, CancellationToken)"/>
    public Task<TReply> AskAsync<TReply>(Peer peer, IMessage request, CancellationToken cancellationToken)
        where TReply : class, IMessage<TReply> => AskAsync<TReply>(peer, request, timeout: null, Lane.Normal, cancellationToken);

    /// <summary>
    /// Connects and asks in one: the request follows right behind the hello, so that the first answer is two round trips away.
    /// </summary>
    /// <exception cref="ConnectException">There is no connection, and why.</exception>
    /// <exception cref="AskException">No answer, and why.</exception>
    public async Task<TReply> AskAsync<TReply>(PeerAddress address, IMessage request, CancellationToken cancellationToken = default)
        where TReply : class, IMessage<TReply>
    {
        Peer peer = await Connect(address, early: true, cancellationToken);
        return await AskAsync<TReply>(peer, request, cancellationToken);
    }

    /// <summary>
    /// Tells a peer something that needs no answer. The task completes when the message stands in the peer's send queue; while
    /// that is full it waits, which is the caller's backpressure. It arrives at most once.
    /// </summary>
    /// <exception cref="ArgumentException">
    /// The peer is another node's, the lane is not allowed, or the message's type is the library's own.
    /// </exception>
    /// <remarks>
    /// What is told in one lane arrives in order. An ask in the same lane may overtake it: requests and notifies have credit of their
    /// own.
    /// </remarks>
    /// <exception cref="SendException">Not queued, and why.</exception>
    public Task TellAsync(Peer peer, IMessage message, Lane lane = Lane.Normal, CancellationToken cancellationToken = default) =>
        TellAsync(peer, message, lane, null, cancellationToken);

    /// <inheritdoc cref="TellAsync(Peer, IMessage, Lane, CancellationToken)"/>
    public Task TellAsync(Peer peer, IMessage message, SendOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Validated();
        return TellAsync(peer, message, options.Lane, options.Expiry, cancellationToken);
    }

    /// <summary>Tells a peer something that needs no answer, if there is room for it in the peer's send queue now.</summary>
    /// <returns>Whether it stands in the queue; if not, why. Nothing waits.</returns>
    /// <exception cref="ArgumentException">As for <see cref="TellAsync(Peer, IMessage, SendOptions, CancellationToken)"/>.</exception>
    public SendResult TryTell(Peer peer, IMessage message, SendOptions? options = null)
    {
        RequireOwn(peer);
        RequireApplicationMessage(message, nameof(message));
        SendOptions how = (options ?? SendOptions.Default).Validated();
        return _promises.Stopped.IsCompleted ? SendResult.NotConnected
            : peer.Map.PeerLacks(message.MessageType) ? SendResult.NoSuchService
            : peer.Outbox.TryPost(peer, Entry(message, how.Lane, how.Expiry));
    }

    private Task TellAsync(Peer peer, IMessage message, Lane lane, TimeSpan? expiry, CancellationToken cancellationToken)
    {
        RequireOwn(peer);
        RequireApplicationMessage(message, nameof(message));
        RequireApplicationLane(lane);
        if (cancellationToken.IsCancellationRequested)
        {
            return Task.FromCanceled(cancellationToken);
        }

        if (_promises.Stopped.IsCompleted)
        {
            return Task.FromException(new SendException(SendResult.NotConnected, "the node has stopped"));
        }

        if (peer.Map.PeerLacks(message.MessageType))
        {
            return Task.FromException(new SendException(SendResult.NoSuchService, peer.Map.NameOf(message.MessageType)!));
        }

        // Most often there is room, and nothing to wait for.
        return peer.Outbox.Post(peer, Entry(message, lane, expiry)).OrCancelled(cancellationToken);
    }

    private OutboxEntry Entry(IMessage message, Lane lane, TimeSpan? expiry) => new(
        PayloadWriter.Encode(message), lane, expiry is null ? null : _context.Now + expiry);

    /// <summary>Sends a message to the whole mesh. It is encoded once, and relayed by every node that accepts it.</summary>
    /// <returns>To how many peers of this node it was handed; those that take no message of its length are not among them.</returns>
    /// <exception cref="ArgumentException">The lane is not allowed, or the message's type is the library's own.</exception>
    /// <exception cref="SendException">
    /// The node has stopped, or the message, with its head of <see cref="BroadcastHead.Size"/> bytes, is longer than this node or any
    /// of its peers takes.
    /// </exception>
    public async Task<int> BroadcastAsync(IMessage message, Lane lane = Lane.Normal, CancellationToken cancellationToken = default)
    {
        RequireApplicationMessage(message, nameof(message));
        RequireApplicationLane(lane);
        cancellationToken.ThrowIfCancellationRequested();
        if (_promises.Stopped.IsCompleted)
        {
            throw new SendException(SendResult.NotConnected, "the node has stopped");
        }

        EncodedMessage encoded = PayloadWriter.Encode(message, headroom: BroadcastHead.Size);
        ulong salt;
        lock (_saltLock)
        {
            salt = (ulong)_context.BroadcastSalts.NextInt64();
        }

        if (encoded.Length > _context.Settings.Session.MaxMessage)
        {
            encoded.Buffer.Release();
            throw new SendException(SendResult.TooLong,
                $"with its head it has {encoded.Length} bytes, and the longest message is {_context.Settings.Session.MaxMessage}");
        }

        BroadcastId id = BroadcastId.Of(_context.Settings.NetworkId, encoded.Type, salt, encoded.Writable[BroadcastHead.Size..]);
        new BroadcastHead(id, salt, Hops: 1).Write(encoded.Writable);
        TaskCompletionSource<int> promise = new(TaskCreationOptions.RunContinuationsAsynchronously);
        _actors.Broadcaster.Tell(new GossipMessages.Publish(id, encoded, lane, promise), ActorRefs.NoSender);
        return await promise.Task.OrCancelled(cancellationToken);
    }

    private async Task<Peer> Connect(PeerAddress address, bool early, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(address);
        address.RequireDialable(nameof(address));
        cancellationToken.ThrowIfCancellationRequested();
        ConnectPromise promise = new(address, early);
        if (_promises.Stopped.IsCompleted)
        {
            promise.Fail(ConnectFailure.Stopping, "the node has stopped");
        }
        else
        {
            _actors.Manager.Tell(new ManagerMessages.Connect(promise), ActorRefs.NoSender);
        }

        using CancellationTokenRegistration registration = cancellationToken.UnsafeRegister(
            (_, token) =>
            {
                if (promise.Cancel(token))
                {
                    _actors.Manager.Tell(new ManagerMessages.Abandon(promise), ActorRefs.NoSender);
                }
            },
            null);
        return await promise.Task;
    }

    private void RequireOwn(Peer peer)
    {
        ArgumentNullException.ThrowIfNull(peer);
        if (peer.Owner != _context)
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

    private static void RequireApplicationLane(Lane lane)
    {
        if (lane is not (Lane.High or Lane.Normal or Lane.Bulk))
        {
            throw new ArgumentOutOfRangeException(nameof(lane), lane, $"{nameof(lane)} is {lane}; allowed: High, Normal and Bulk.");
        }
    }
}
