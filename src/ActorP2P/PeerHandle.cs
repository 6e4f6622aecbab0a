namespace ActorP2P;

/// <summary>
/// A remote node by its address, whatever becomes of its connections. The handle dials, dials again after a lost
/// connection with growing pauses, and keeps messages in order while there is no connection. Several handles of one
/// address share one connection. <see cref="P2PNode.Peer(PeerAddress, PeerHandleOptions)"/> makes a handle.
/// </summary>
/// <remarks>
/// A message that waits is lost only if its expiry passes, the handle is closed or the node stops, and its task says
/// so. A message that has been handed to a connection is lost if that connection ends before the peer has read it, as
/// with <see cref="P2PNode.TellAsync"/>.
/// </remarks>
public sealed class PeerHandle : IAsyncDisposable
{
    internal const string ClosedDetail = "the handle was closed";

    private readonly HandleLink _link;
    private readonly P2PNode _node;
    private HandleRef? _ref;
    private int _isClosed;

    internal PeerHandle(P2PNode node, HandleLink link, PeerHandleOptions options, HandleHandlers? handlers, int number)
    {
        (_node, _link, Options, Handlers, Number) = (node, link, options, handlers, number);
    }

    /// <summary>The address that the handle dials.</summary>
    public PeerAddress Address => _link.Address;

    /// <summary>What the handle is doing now.</summary>
    public PeerHandleState State => IsClosed ? PeerHandleState.Closed : _link.State;

    /// <summary>The present connection; null unless the state is <see cref="PeerHandleState.Connected"/>.</summary>
    public Peer? Peer => IsClosed ? null : _link.Peer;

    /// <summary>The messages of this handle that wait for a connection.</summary>
    public int Waiting => _link.Messages.CountOf(this);

    /// <summary>
    /// The handle as an actor reference, which outlives connections. <c>handle.Ref.Ask&lt;Reply&gt;(request)</c> asks
    /// the peer. <c>handle.Ref.Tell(message)</c> asks it if the message names its answer by
    /// <see cref="IRequest{TReply}"/>; otherwise it sends a notify. Messages wait for a connection as those of
    /// <see cref="TellAsync"/> and <c>AskAsync</c> do. The sender of an ask gets the answer, or a
    /// <see cref="Status.Failure"/> with the exception that <c>AskAsync</c> throws. A notify that is not sent is
    /// published on the event stream as an <see cref="Akka.Event.Dropped"/> with the reason. An actor that calls
    /// <c>Context.Watch</c> learns when the handle is closed or its node stops, not of lost connections. The reference
    /// ignores PoisonPill and Kill, and it works only in this process.
    /// </summary>
    public IActorRef Ref
    {
        get
        {
            // Made on first use, because most handles never need it.
            if (_ref is null)
            {
                Interlocked.CompareExchange(ref _ref, new HandleRef(_node, this), null);
                if (State == PeerHandleState.Closed)
                {
                    _ref.End();
                }
            }

            return _ref;
        }
    }

    /// <summary>Its number among the handles of the node.</summary>
    internal int Number { get; }

    internal PeerHandleOptions Options { get; }

    /// <summary>The handle's own handlers; null: it has none.</summary>
    internal HandleHandlers? Handlers { get; }

    /// <summary>The connection that was last prepared for this handle. The handle's link sets it.</summary>
    internal Peer? PreparedFor { get; set; }

    internal bool IsClosed => Volatile.Read(ref _isClosed) != 0;

    /// <summary>
    /// Sends a message that needs no answer. The task completes when the message has been handed to a connection.
    /// Messages of one lane leave in the order of these calls.
    /// </summary>
    /// <param name="message">The message.</param>
    /// <param name="options">Lane and expiry; null: the defaults. The expiry counts from this call.</param>
    /// <param name="cancellationToken">Withdraws the message while it waits.</param>
    /// <exception cref="ArgumentException">
    /// An option is not allowed, or the message's type is reserved for the library.
    /// </exception>
    /// <exception cref="SendException">The message was not sent; the exception says why.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public Task TellAsync(
        IMessage message, SendOptions? options = null, CancellationToken cancellationToken = default)
    {
        P2PNode.RequireApplicationMessage(message, nameof(message));
        SendOptions how = (options ?? SendOptions.Default).Validated();
        return Post(new HandleTell(_node, this, message, how) { Token = cancellationToken });
    }

    /// <summary>Asks the peer and waits for its answer. The request names the type of the answer.</summary>
    /// <inheritdoc cref="AskAsync{TReply}(IMessage, SendOptions, CancellationToken)"/>
    public Task<TReply> AskAsync<TReply>(
        IRequest<TReply> request, SendOptions? options = null, CancellationToken cancellationToken = default)
        where TReply : class, IMessage<TReply> => AskAsync<TReply>((IMessage)request, options, cancellationToken);

    /// <summary>
    /// Asks the peer and waits for its answer. A request that waits for a connection is sent when there is one. If the
    /// connection ends before the answer, the ask fails (<see cref="AskFailure.Disconnected"/>), unless
    /// <see cref="SendOptions.IsIdempotent"/> is set: then the request is sent again on the next connection.
    /// </summary>
    /// <typeparam name="TReply">The message type of the answer.</typeparam>
    /// <param name="request">The request.</param>
    /// <param name="options">
    /// Lane, timeout, expiry, and whether the request may be repeated; null: the defaults. The timeout counts from this
    /// call, so it includes the wait for a connection.
    /// </param>
    /// <param name="cancellationToken">Gives up the wait; a peer that has the request is told.</param>
    /// <exception cref="ArgumentException">
    /// An option is not allowed, the request's type is reserved for the library, or the request names another answer
    /// than <typeparamref name="TReply"/>.
    /// </exception>
    /// <exception cref="AskException">There is no answer; the exception says why.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public Task<TReply> AskAsync<TReply>(
        IMessage request, SendOptions? options = null, CancellationToken cancellationToken = default)
        where TReply : class, IMessage<TReply>
    {
        P2PNode.RequireApplicationMessage(request, nameof(request));
        P2PNode.RequireReply<TReply>(request);
        return Ask(
            (peer, left, token) => _node.AskAsync<TReply>(peer, request, left, token), options, cancellationToken);
    }

    /// <summary>Waits until there is a connection.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The connection.</returns>
    /// <exception cref="ConnectException">The handle was closed, or the node has stopped.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public Task<Peer> ConnectedAsync(CancellationToken cancellationToken = default) => IsClosed
        ? Task.FromException<Peer>(new ConnectException(Address, ConnectFailure.Stopping, ClosedDetail))
        : _link.ConnectedAsync().OrCancelled(cancellationToken);

    /// <summary>
    /// Closes the handle. Its messages that wait are not sent; their tasks fail. The last handle of an address closes
    /// the connection with a goodbye, unless the address is one of the node's bootstrap nodes.
    /// </summary>
    public ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _isClosed, 1) != 0)
        {
            return ValueTask.CompletedTask;
        }

        Task left = _link.LeaveAsync(this);
        EndRef();
        return new ValueTask(left);
    }

    /// <inheritdoc/>
    public override string ToString() => $"{Address} ({State})";

    /// <summary>Tells the actors that watch <see cref="Ref"/> that the handle is closed.</summary>
    internal void EndRef()
    {
        // The state is set before the reference is read. Otherwise one that is made in between would never end.
        Interlocked.MemoryBarrier();
        Volatile.Read(ref _ref)?.End();
    }

    /// <summary>Sends a plain object that a codec of the node writes.</summary>
    internal Task TellPlain(object message, SendOptions? options, CancellationToken cancellationToken) =>
        TellAsync(_node.MessageOf(message, nameof(message)), options, cancellationToken);

    /// <summary>Asks for an answer that a codec of the node reads.</summary>
    internal Task<TReply> AskPlain<TReply>(object request, SendOptions? options, CancellationToken cancellationToken)
        where TReply : class
    {
        P2PNode.RequireApplicationMessage(_node.MessageOf(request, nameof(request)), nameof(request));
        _ = _node.Context.Catalog.DecoderOf<TReply>();
        return Ask(
            (peer, left, token) => _node.AskPlain<TReply>(peer, request, left, token), options, cancellationToken);
    }

    /// <summary>
    /// Asks for an answer of the type that the request names; of any that the node knows, when it names none.
    /// </summary>
    internal Task<object> AskAny(object request, SendOptions? options)
    {
        IMessage message = _node.KnownRequest(request);
        P2PNode.RequireApplicationMessage(message, nameof(request));
        return Ask(
            (peer, left, token) => _node.AskAnyAsync(peer, request, left, token), options, CancellationToken.None);
    }

    private Task<TReply> Ask<TReply>(
        Func<Peer, SendOptions, CancellationToken, Task<TReply>> ask, SendOptions? options,
        CancellationToken cancellationToken)
    {
        SendOptions how = (options ?? SendOptions.Default).Validated();
        return Post(new HandleAsk<TReply>(_node, this, how, ask) { Token = cancellationToken });
    }

    private Task<T> Post<T>(HandleEntry<T> entry)
    {
        if (entry.Token.IsCancellationRequested)
        {
            return Task.FromCanceled<T>(entry.Token);
        }

        _link.Messages.Post(entry);
        Task<T> outcome = entry.WaitAsync(_link.Messages);

        // A handler that waits does not count as running.
        return HandlerScope.Current is { } handler ? handler.WaitFor(outcome) : outcome;
    }
}
